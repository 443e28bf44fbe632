# SPDX-License-Identifier: Apache-2.0
#
# The target is always explicit: a device configure names its boards in PROOFMARK_BOARDS, and each must be of the
# toolchain's architecture.
include_guard(GLOBAL)
include("${CMAKE_CURRENT_LIST_DIR}/../cmake/ProofmarkBoards.cmake")

# proofmark_require_boards(ARCH): fails the configure unless PROOFMARK_BOARDS names boards of ARCH only.
function(proofmark_require_boards arch)
  if("${PROOFMARK_BOARDS}" STREQUAL "")
    message(FATAL_ERROR "proofmark: error: PROOFMARK_BOARDS: a device build must name its boards "
      "(expected a list of boards of ${arch}, found nothing)\n"
      "hint: cmake --preset ${arch}, or -DPROOFMARK_BOARDS=qemu-${arch}")
  endif()
  foreach(board IN LISTS PROOFMARK_BOARDS)
    proofmark_board_get("${board}" architecture found)
    if(NOT found STREQUAL arch)
      message(FATAL_ERROR "proofmark: error: PROOFMARK_BOARDS: board '${board}' is of another architecture "
        "(expected ${arch}, found ${found})\n"
        "hint: cmake --preset ${found} -DPROOFMARK_BOARDS=${board}")
    endif()
  endforeach()
endfunction()
