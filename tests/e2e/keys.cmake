# SPDX-License-Identifier: Apache-2.0
#
# Keys end to end: where secrets come from, and every kind of signer there is beside a plain file.
foreach(name secrets)
  add_test(NAME e2e.keys.${name} COMMAND "${CMAKE_CURRENT_LIST_DIR}/keys/${name}.sh")
  set_tests_properties(e2e.keys.${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600 ENVIRONMENT
    "SIGN=$<TARGET_FILE:proofmark-sign>;VECTORS=${PROJECT_SOURCE_DIR}/tests/vectors")
endforeach()
