// SPDX-License-Identifier: Apache-2.0
// expect-unit: PMT004 PMS401
// flags: -fcf-protection=none

#define FLAGS "x"
        .text
        .globl  answer
answer:
        ret
        .section .note.GNU-stack,FLAGS,%progbits
