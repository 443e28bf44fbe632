// SPDX-License-Identifier: Apache-2.0
unsigned long stack_top(void);

unsigned long stack_top(void) {
  unsigned long top;
  __asm__ volatile("mov %%rsp, %0" : "=r"(top));
  return top;
}
