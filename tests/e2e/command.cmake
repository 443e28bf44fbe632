# SPDX-License-Identifier: Apache-2.0
#
# The command `proofmark` itself: completion and manual pages of every verb.
add_test(NAME e2e.command.completion COMMAND "${CMAKE_CURRENT_LIST_DIR}/command/completion.sh")
set_tests_properties(e2e.command.completion PROPERTIES TIMEOUT 300 ENVIRONMENT "PROOFMARK=$<TARGET_FILE:proofmark>")
