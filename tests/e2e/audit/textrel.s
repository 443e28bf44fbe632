# SPDX-License-Identifier: Apache-2.0
#
# An address in the code section of a position-independent program: the loader must patch the code.
        .text
        .globl address_in_code
        .balign 8
address_in_code:
        .quad _start
        .section .note.GNU-stack,"",%progbits
