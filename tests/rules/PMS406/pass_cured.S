// SPDX-License-Identifier: Apache-2.0
// expect-unit: PMT004
#include <cet.h>

        .text
        .globl  answer
answer:
        _CET_ENDBR
        ret

        .section .note.GNU-stack,"",%progbits
