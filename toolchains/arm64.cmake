# SPDX-License-Identifier: Apache-2.0
#
# The four facts of arm64; everything else is common.cmake.
set(PROOFMARK_ARCH arm64)
set(PROOFMARK_TRIPLE aarch64-linux-gnu)
set(PROOFMARK_MACHINE aarch64)
set(PROOFMARK_EMULATOR qemu-aarch64)

include("${CMAKE_CURRENT_LIST_DIR}/common.cmake")
