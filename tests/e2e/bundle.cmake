# SPDX-License-Identifier: Apache-2.0
#
# Bundles end to end: trees of every kind, everything that can differ, and what must not be possible.
foreach(name tree changes proven install damage)
  add_test(NAME e2e.bundle.${name} COMMAND "${CMAKE_CURRENT_LIST_DIR}/bundle/${name}.sh")
  set_tests_properties(e2e.bundle.${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300 ENVIRONMENT
    "SIGN=$<TARGET_FILE:proofmark-sign>;VECTORS=${PROJECT_SOURCE_DIR}/tests/vectors")
endforeach()
