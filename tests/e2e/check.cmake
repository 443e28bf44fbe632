# SPDX-License-Identifier: Apache-2.0
#
# `check` on a small project: the user's two examples, lost flags, the command line.
set(check_tests "${CMAKE_CURRENT_LIST_DIR}/check")
foreach(name examples flags cli)
  add_test(NAME e2e.check.${name} COMMAND "${check_tests}/${name}.sh")
  set_tests_properties(e2e.check.${name} PROPERTIES TIMEOUT 300 ENVIRONMENT
    "PROOFMARK_ANALYZE=$<TARGET_FILE:proofmark-analyze>;BOARDS_DIR=${PROJECT_SOURCE_DIR}/boards")
endforeach()
