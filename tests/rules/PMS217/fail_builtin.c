// SPDX-License-Identifier: Apache-2.0
void take(void *text);
void receive(unsigned long size);

void receive(unsigned long size) {
  take(__builtin_alloca_with_align(size, 64));  // expect: PMS217
}
