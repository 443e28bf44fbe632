# SPDX-License-Identifier: Apache-2.0
# // flags: -fcf-protection=none

# expect-unit: PMT004
        .text
        .globl  answer
answer:
        ret

        .section .note.GNU-stack,"",%progbits
