# SPDX-License-Identifier: Apache-2.0
#
# `policy list|show|diff`, policies whose levels depend on what is checked, and parameters of rules.
set(policy_tests "${CMAKE_CURRENT_LIST_DIR}/policy")
foreach(name cli conditions parameters)
  add_test(NAME e2e.policy.${name} COMMAND "${policy_tests}/${name}.sh")
  set_tests_properties(e2e.policy.${name} PROPERTIES TIMEOUT 300 ENVIRONMENT
    "PROOFMARK_ANALYZE=$<TARGET_FILE:proofmark-analyze>;PROOFMARK_ELF=$<TARGET_FILE:proofmark-elf>;BOARDS_DIR=${PROJECT_SOURCE_DIR}/boards")
endforeach()
