# SPDX-License-Identifier: Apache-2.0
#
# Boards as CMake sees them: looks keys up along the "inherits" chain of boards/<name>.json, and picks from a list of
# boards those that the configured toolchain can build for.

cmake_path(SET _proofmark_default_boards NORMALIZE "${CMAKE_CURRENT_LIST_DIR}/../boards")
set(PROOFMARK_BOARDS_DIR "${_proofmark_default_boards}" CACHE PATH "Folder of the board files")

# Sets <out> to the JSON text of the board's own file. Unknown boards are an error that lists the known ones.
function(_proofmark_board_text board out)
  set(file "${PROOFMARK_BOARDS_DIR}/${board}.json")
  if(NOT EXISTS "${file}")
    file(GLOB known RELATIVE "${PROOFMARK_BOARDS_DIR}" "${PROOFMARK_BOARDS_DIR}/*.json")
    list(FILTER known EXCLUDE REGEX "^schema")
    list(TRANSFORM known REPLACE "\\.json$" "")
    list(JOIN known ", " known)
    message(FATAL_ERROR "proofmark: error: ${file}: no such board '${board}' (known boards: ${known})")
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  file(READ "${file}" text)
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

# Sets <out> to the value of a key of the board, "" when no file of its chain has it.
function(proofmark_board_get board key out)
  set(name "${board}")
  foreach(depth RANGE 8)
    _proofmark_board_text("${name}" text)
    string(JSON value ERROR_VARIABLE absent GET "${text}" "${key}")
    if(NOT absent)
      set(${out} "${value}" PARENT_SCOPE)
      return()
    endif()
    string(JSON name ERROR_VARIABLE last GET "${text}" inherits)
    if(last)
      set(${out} "" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "proofmark: error: boards/${board}.json: more than 8 levels of \"inherits\"")
endfunction()

# Sets <out> to every file that the board's values can come from, the policy's included: what a step depends on.
function(proofmark_board_files board out)
  set(name "${board}")
  set(files "")
  foreach(depth RANGE 8)
    _proofmark_board_text("${name}" text)
    list(APPEND files "${PROOFMARK_BOARDS_DIR}/${name}.json")
    string(JSON name ERROR_VARIABLE last GET "${text}" inherits)
    if(last)
      break()
    endif()
  endforeach()
  proofmark_board_get("${board}" policy policy)
  set(${out} ${files} "${PROOFMARK_BOARDS_DIR}/policies/${policy}.json" PARENT_SCOPE)
endfunction()

# Sets <out> to the JSON array <key> of the board as a CMake list.
function(proofmark_board_get_list board key out)
  proofmark_board_get("${board}" "${key}" array)
  set(items "")
  if(array)
    string(JSON count LENGTH "${array}")
    math(EXPR last "${count} - 1")
    foreach(index RANGE ${last})
      string(JSON item GET "${array}" ${index})
      list(APPEND items "${item}")
    endforeach()
  endif()
  set(${out} "${items}" PARENT_SCOPE)
endfunction()

# Sets <out> to the boards of the list that this configure's architecture can serve. None left is an error: a firmware
# target that silently builds nothing would look like success.
function(proofmark_boards_for_this_arch out)
  if(NOT ARGN)
    message(FATAL_ERROR "proofmark: error: no board given for the firmware (expected at least one)\n"
      "hint: -DPROOFMARK_BOARDS=qemu-${PROOFMARK_ARCH}, or BOARD in proofmark_firmware()")
  endif()
  set(fitting "")
  foreach(board IN LISTS ARGN)
    proofmark_board_get("${board}" architecture architecture)
    if(architecture STREQUAL PROOFMARK_ARCH)
      list(APPEND fitting "${board}")
    endif()
  endforeach()
  if(NOT fitting)
    list(JOIN ARGN ", " asked)
    message(FATAL_ERROR "proofmark: error: no board of architecture ${PROOFMARK_ARCH} in: ${asked}\n"
      "hint: use the toolchain file of the board's architecture")
  endif()
  set(${out} "${fitting}" PARENT_SCOPE)
endfunction()
