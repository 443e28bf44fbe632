# SPDX-License-Identifier: Apache-2.0
#
# Companion policies: what they say, and a kernel that obeys them.
foreach(name policies ima ipe)
  add_test(NAME e2e.companion.${name} COMMAND "${CMAKE_CURRENT_LIST_DIR}/companion/${name}.sh")
  set_tests_properties(e2e.companion.${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300 ENVIRONMENT
    "SIGN=$<TARGET_FILE:proofmark-sign>;VECTORS=${PROJECT_SOURCE_DIR}/tests/vectors")
endforeach()
