# SPDX-License-Identifier: Apache-2.0
#
# `check` on a small project: the user's two examples, lost flags, injected flags, remembered and recorded answers, kept and
# shared results, shards, changed units, recorded builds, what GCC finds, formats, baselines and diffs, waivers in comments,
# fixes, the command line.
set(check_tests "${CMAKE_CURRENT_LIST_DIR}/check")
foreach(name examples flags cli injected cache results functions tiers http shards changed ninja links record tidy gcc formats
    baseline diff waivers fix)
  add_test(NAME e2e.check.${name} COMMAND "${check_tests}/${name}.sh")
  set_tests_properties(e2e.check.${name} PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77 ENVIRONMENT
    "PROOFMARK_ANALYZE=$<TARGET_FILE:proofmark-analyze>;BOARDS_DIR=${PROJECT_SOURCE_DIR}/boards")
endforeach()
