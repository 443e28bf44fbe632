// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc

unsigned long stack_top(void);

unsigned long stack_top(void) {
  unsigned long top;
  __asm__ volatile("mov %0, sp\n\tstr x30, [sp, #-16]!\n\tldr xzr, [sp], #16" : "=r"(top));
  return top;
}
