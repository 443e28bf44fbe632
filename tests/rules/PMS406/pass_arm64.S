// SPDX-License-Identifier: Apache-2.0
// expect-unit: PMT004
// driver: aarch64-linux-gnu-gcc

        .text
        .globl  answer
answer:
        bti     c
        ret

        .section .note.GNU-stack,"",%progbits
        .section .note.gnu.property,"a"
        .balign 8
        .word   4, 16, 5
        .asciz  "GNU"
        .word   0xc0000000, 4, 3, 0
