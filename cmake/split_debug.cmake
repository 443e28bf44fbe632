# SPDX-License-Identifier: Apache-2.0
#
# cmake -DELF= -DSTRIPPED= -DDEBUG_DIR= -DOBJCOPY= -DREADELF= -P split_debug.cmake
# Writes the ELF without symbols to STRIPPED, its symbols to DEBUG_DIR/.build-id/xx/yyyy.debug, and that path to
# STRIPPED.debug-path. An ELF without a build-id is an error: nobody could find its symbols again.
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "proofmark: error: ${ARGV0} failed: ${text}")
  endif()
  set(text "${text}" PARENT_SCOPE)
endfunction()

run("${READELF}" --notes "${ELF}")
if(NOT text MATCHES "Build ID: ([0-9a-f][0-9a-f])([0-9a-f]+)")
  message(FATAL_ERROR "proofmark: error: ${ELF}: no build-id\nhint: link with -Wl,--build-id=sha1")
endif()
set(debug "${DEBUG_DIR}/.build-id/${CMAKE_MATCH_1}/${CMAKE_MATCH_2}.debug")
cmake_path(GET debug PARENT_PATH folder)
file(MAKE_DIRECTORY "${folder}")
run("${OBJCOPY}" --only-keep-debug "${ELF}" "${debug}")
run("${OBJCOPY}" --strip-all "${ELF}" "${STRIPPED}")
file(WRITE "${STRIPPED}.debug-path" "${debug}\n")
