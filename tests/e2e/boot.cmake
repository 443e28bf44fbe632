# SPDX-License-Identifier: Apache-2.0
#
# proofmark-init as the first process of real kernels, under QEMU; its device programs come from tests/attacks.
foreach(arch amd64 arm64)
  foreach(test refusals state gateway verity)
    add_test(NAME e2e.boot.${test}.${arch} COMMAND "${CMAKE_CURRENT_LIST_DIR}/boot/${test}.sh" ${arch})
    set_tests_properties(e2e.boot.${test}.${arch} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 420 FIXTURES_REQUIRED device_${arch}
      ENVIRONMENT "SIGN=$<TARGET_FILE:proofmark-test-sign>;TREE=$<TARGET_FILE:proofmark-test-tree>;DEVICE_BUILDS=${PROOFMARK_DEVICE_BUILDS};SOURCE=${PROJECT_SOURCE_DIR}")
  endforeach()
endforeach()

foreach(arch amd64 arm64)
  foreach(test tpm counter quote)
    add_test(NAME e2e.boot.${test}.${arch} COMMAND "${CMAKE_CURRENT_LIST_DIR}/boot/${test}.sh" ${arch})
    set_tests_properties(e2e.boot.${test}.${arch} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 420 FIXTURES_REQUIRED device_${arch}
      ENVIRONMENT "SIGN=$<TARGET_FILE:proofmark-test-sign>;TREE=$<TARGET_FILE:proofmark-test-tree>;PROOFMARK=$<TARGET_FILE:proofmark>;DEVICE_BUILDS=${PROOFMARK_DEVICE_BUILDS};SOURCE=${PROJECT_SOURCE_DIR}")
  endforeach()
endforeach()
