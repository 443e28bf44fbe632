# SPDX-License-Identifier: Apache-2.0
#
# Compiles through ccache where the machine has it; a launcher chosen by the user stays.
option(PROOFMARK_CCACHE "Compile through ccache when it is installed" ON)

if(PROOFMARK_CCACHE AND NOT CMAKE_C_COMPILER_LAUNCHER AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(PROOFMARK_CCACHE_PATH ccache)
  mark_as_advanced(PROOFMARK_CCACHE_PATH)
  if(PROOFMARK_CCACHE_PATH)
    set(CMAKE_C_COMPILER_LAUNCHER "${PROOFMARK_CCACHE_PATH}")
    set(CMAKE_CXX_COMPILER_LAUNCHER "${PROOFMARK_CCACHE_PATH}")
  endif()
endif()
