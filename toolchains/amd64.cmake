# SPDX-License-Identifier: Apache-2.0
#
# The four facts of amd64; everything else is common.cmake.
set(PROOFMARK_ARCH amd64)
set(PROOFMARK_TRIPLE x86_64-linux-gnu)
set(PROOFMARK_MACHINE x86_64)
set(PROOFMARK_EMULATOR qemu-x86_64)

include("${CMAKE_CURRENT_LIST_DIR}/common.cmake")
