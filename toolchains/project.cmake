# SPDX-License-Identifier: Apache-2.0
#
# What a configure does once its compilers are known, for host and device alike. Presets and toolchain files have CMake
# include this at the end of project().
include_guard(GLOBAL)

include("${CMAKE_CURRENT_LIST_DIR}/ccache.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/record.cmake")
proofmark_record_toolchain("${CMAKE_BINARY_DIR}/toolchain.json")
