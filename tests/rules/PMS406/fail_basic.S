// SPDX-License-Identifier: Apache-2.0
// expect-unit: PMT004 PMS406
        .text
        .globl  answer
answer:
        ret

        .section .note.GNU-stack,"",%progbits
