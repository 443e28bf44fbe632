// SPDX-License-Identifier: Apache-2.0
// The copy of 64 bytes lies where the variable ones lie.
// driver: aarch64-linux-gnu-gcc
// oracle: guards-return receive lost arm64-gcc

#include <alloca.h>

void take(char *text);
void receive(unsigned long size);

void receive(unsigned long size) {
  (void)size;
  take(alloca(64));  // expect: PMS217
}
