# SPDX-License-Identifier: Apache-2.0
#
# `report` as a user calls it; what it concludes is in tests/unit/report, the page in tests/interop/report.mjs.
add_test(NAME e2e.report.cli COMMAND "${CMAKE_CURRENT_LIST_DIR}/report/cli.sh")
set_tests_properties(e2e.report.cli PROPERTIES TIMEOUT 300 ENVIRONMENT
  "PROOFMARK_REPORT=$<TARGET_FILE:proofmark-report>;REPORT_DATA=${PROJECT_SOURCE_DIR}/tests/unit/report/data")
