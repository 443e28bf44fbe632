# SPDX-License-Identifier: Apache-2.0
#
# proofmark-exec end to end; its device programs and the test signer come from tests/attacks.
foreach(arch amd64 arm64)
  foreach(test run confine)
    add_test(NAME e2e.exec.${test}.${arch} COMMAND "${CMAKE_CURRENT_LIST_DIR}/exec/${test}.sh" ${arch})
    set_tests_properties(e2e.exec.${test}.${arch} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300
      FIXTURES_REQUIRED device_${arch}
      ENVIRONMENT "SIGN=$<TARGET_FILE:proofmark-test-sign>;DEVICE_BUILDS=${PROOFMARK_DEVICE_BUILDS}")
  endforeach()
endforeach()
add_test(NAME e2e.exec.verity.amd64 COMMAND "${CMAKE_CURRENT_LIST_DIR}/exec/verity.sh" amd64)
set_tests_properties(e2e.exec.verity.amd64 PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300 FIXTURES_REQUIRED device_amd64
  ENVIRONMENT "SIGN=$<TARGET_FILE:proofmark-test-sign>;DEVICE_BUILDS=${PROOFMARK_DEVICE_BUILDS}")
