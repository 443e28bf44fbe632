# SPDX-License-Identifier: Apache-2.0
# expect-unit: PMT004
# // flags: -Wa,--noexecstack -fcf-protection=none
        .text
        .globl  answer
answer:
        ret
