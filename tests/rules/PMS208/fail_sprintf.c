// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc
// oracle: fortify:sprintf receive lost gcc clang arm64-gcc arm64-clang

#include <stdio.h>
#include <string.h>

char line[16];
void receive(const char *text, size_t size);

void receive(const char *text, size_t size) {
  (void)size;
  __builtin_sprintf(line, "%s!", text);  // expect: PMS208 PMS409
}
