// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc

void leave(unsigned long where);

void leave(unsigned long where) {
  __asm__ volatile("nop\n\tmov x30, %0" ::"r"(where));  // expect: PMS216
}
