// SPDX-License-Identifier: Apache-2.0
void enter(unsigned long top);

void enter(unsigned long top) {
  __asm__ volatile("mov %0, %%rsp" ::"r"(top));  // expect: PMS216
}
