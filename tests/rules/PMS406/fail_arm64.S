// SPDX-License-Identifier: Apache-2.0
// expect-unit: PMT004 PMS406
// driver: aarch64-linux-gnu-gcc

        .text
        .globl  answer
answer:
        bti     c
        ret

        .section .note.GNU-stack,"",%progbits
