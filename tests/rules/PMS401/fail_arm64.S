// SPDX-License-Identifier: Apache-2.0
// expect-unit: PMT004 PMS401
// driver: aarch64-linux-gnu-gcc
// flags: -mbranch-protection=none

        .text
        .globl  answer
answer:
        ret
