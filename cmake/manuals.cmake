# SPDX-License-Identifier: Apache-2.0
#
# Writes the manual pages of all verbs and the completion scripts below FOLDER, as the programs describe themselves:
# `cmake -D PROOFMARK=<program> -D FOLDER=<folder> -P manuals.cmake`.
execute_process(COMMAND "${PROOFMARK}" --help OUTPUT_VARIABLE help COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "\n  [a-z][a-z-]* " lines "${help}")
file(MAKE_DIRECTORY "${FOLDER}/man/man1" "${FOLDER}/bash-completion/completions" "${FOLDER}/fish/vendor_completions.d")
execute_process(COMMAND "${PROOFMARK}" manual OUTPUT_FILE "${FOLDER}/man/man1/proofmark.1" COMMAND_ERROR_IS_FATAL ANY)
foreach(line IN LISTS lines)
  string(STRIP "${line}" verb)
  execute_process(COMMAND "${PROOFMARK}" manual "${verb}" OUTPUT_FILE "${FOLDER}/man/man1/proofmark-${verb}.1"
    COMMAND_ERROR_IS_FATAL ANY)
endforeach()
execute_process(COMMAND "${PROOFMARK}" completion bash
  OUTPUT_FILE "${FOLDER}/bash-completion/completions/proofmark" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${PROOFMARK}" completion fish
  OUTPUT_FILE "${FOLDER}/fish/vendor_completions.d/proofmark.fish" COMMAND_ERROR_IS_FATAL ANY)
