# SPDX-License-Identifier: Apache-2.0
# expect-unit: PMT004

        .section .note.GNU-stack,"",%progbits
