// SPDX-License-Identifier: Apache-2.0

int answer(void);

__asm__(".pushsection .note.GNU-stack,\"x\",%progbits\n\t.popsection");  // expect: PMS402

int answer(void) { return 42; }
