// SPDX-License-Identifier: Apache-2.0

int answer(void);

int answer(void) {
  __asm__ volatile(".pushsection .note.GNU-stack, \"x\", %%progbits\n.popsection" ::: "memory");  // expect: PMS402
  return 42;
}
