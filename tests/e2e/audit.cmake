# SPDX-License-Identifier: Apache-2.0
#
# The ELF audit on real files: each rule, readelf as the oracle, the command line.
set(audit_tests "${CMAKE_CURRENT_LIST_DIR}/audit")
add_test(NAME e2e.audit.rules-amd64 COMMAND "${audit_tests}/rules.sh" amd64)
add_test(NAME e2e.audit.rules-arm64 COMMAND "${audit_tests}/rules.sh" arm64)
add_test(NAME e2e.audit.oracle COMMAND "${audit_tests}/oracle.sh")
add_test(NAME e2e.audit.functions COMMAND "${audit_tests}/functions.sh")
add_test(NAME e2e.audit.sweep COMMAND "${audit_tests}/sweep.sh" sample)
add_test(NAME e2e.audit.sweep-all COMMAND "${audit_tests}/sweep.sh" all)
add_test(NAME e2e.audit.cli COMMAND "${audit_tests}/cli.sh")
set_tests_properties(e2e.audit.rules-amd64 e2e.audit.rules-arm64 e2e.audit.oracle e2e.audit.functions e2e.audit.sweep e2e.audit.sweep-all
  e2e.audit.cli PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600 ENVIRONMENT
  "PROOFMARK_ELF=$<TARGET_FILE:proofmark-elf>;BOARDS_DIR=${PROJECT_SOURCE_DIR}/boards;RULE_PAGES=${PROJECT_SOURCE_DIR}/docs/rules")
set_tests_properties(e2e.audit.sweep-all PROPERTIES LABELS long TIMEOUT 3000)
