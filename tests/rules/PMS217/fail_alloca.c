// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: guards-return receive kept gcc clang arm64-clang lost arm64-gcc

#include <alloca.h>

void take(char *text);
void receive(unsigned long size);

void receive(unsigned long size) {
  take(alloca(size));  // expect: PMS217
}
