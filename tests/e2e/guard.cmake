# SPDX-License-Identifier: Apache-2.0
#
# proofmark-guard end to end; its device programs and the test signer come from tests/attacks.
foreach(arch amd64 arm64)
  foreach(test decisions race death records guest)
    add_test(NAME e2e.guard.${test}.${arch} COMMAND "${CMAKE_CURRENT_LIST_DIR}/guard/${test}.sh" ${arch})
    set_tests_properties(e2e.guard.${test}.${arch} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300
      FIXTURES_REQUIRED device_${arch}
      ENVIRONMENT "SIGN=$<TARGET_FILE:proofmark-test-sign>;TREE=$<TARGET_FILE:proofmark-test-tree>;SOURCE=${PROJECT_SOURCE_DIR};DEVICE_BUILDS=${PROOFMARK_DEVICE_BUILDS}")
  endforeach()
endforeach()
