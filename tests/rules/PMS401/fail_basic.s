# SPDX-License-Identifier: Apache-2.0
# // flags: -fcf-protection=none

# expect-unit: PMT004 PMS401
        .text
        .globl  answer
answer:
        ret
