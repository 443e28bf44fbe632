# SPDX-License-Identifier: Apache-2.0
#
# The target is always explicit: a device configure names its boards in PROOFMARK_BOARDS, and each must be of the
# toolchain's architecture. Reads only what it needs of boards/*.json; the firmware module reads the rest.
include_guard(GLOBAL)

set(_PROOFMARK_BOARDS_DIR "${CMAKE_CURRENT_LIST_DIR}/../boards")

# _proofmark_board_architecture(BOARD OUT): follows "inherits" until a file says "architecture".
function(_proofmark_board_architecture board out)
  set(name "${board}")
  foreach(level RANGE 1 8)
    set(file "${_PROOFMARK_BOARDS_DIR}/${name}.json")
    if(NOT EXISTS "${file}")
      cmake_path(ABSOLUTE_PATH file NORMALIZE)
      message(FATAL_ERROR "proofmark: error: ${file}: no such board '${name}'\n"
        "hint: boards/*.json are the boards there are")
    endif()
    file(READ "${file}" text)
    string(JSON architecture ERROR_VARIABLE absent GET "${text}" architecture)
    if(NOT absent)
      set(${out} "${architecture}" PARENT_SCOPE)
      return()
    endif()
    string(JSON name ERROR_VARIABLE absent GET "${text}" inherits)
    if(absent)
      break()
    endif()
  endforeach()
  message(FATAL_ERROR "proofmark: error: ${file}: neither 'architecture' nor 'inherits' leads to one")
endfunction()

# proofmark_require_boards(ARCH): fails the configure unless PROOFMARK_BOARDS names boards of ARCH only.
function(proofmark_require_boards arch)
  if("${PROOFMARK_BOARDS}" STREQUAL "")
    message(FATAL_ERROR "proofmark: error: PROOFMARK_BOARDS: a device build must name its boards "
      "(expected a list of boards of ${arch}, found nothing)\n"
      "hint: cmake --preset ${arch}, or -DPROOFMARK_BOARDS=qemu-${arch}")
  endif()
  foreach(board IN LISTS PROOFMARK_BOARDS)
    _proofmark_board_architecture("${board}" found)
    if(NOT found STREQUAL arch)
      message(FATAL_ERROR "proofmark: error: PROOFMARK_BOARDS: board '${board}' is of another architecture "
        "(expected ${arch}, found ${found})\n"
        "hint: cmake --preset ${found} -DPROOFMARK_BOARDS=${board}")
    endif()
  endforeach()
endfunction()
