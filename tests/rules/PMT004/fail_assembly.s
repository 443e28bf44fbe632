# SPDX-License-Identifier: Apache-2.0
# // flags: -fcf-protection=none
# expect-unit: PMT004

        .section .note.GNU-stack,"",%progbits
