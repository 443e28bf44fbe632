// SPDX-License-Identifier: Apache-2.0

int answer(void);

__asm__(".pushsection .note.GNU-stack,\"\",%progbits\n\t.popsection");

int answer(void) { return 42; }
