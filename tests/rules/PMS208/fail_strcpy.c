// SPDX-License-Identifier: Apache-2.0
// oracle: fortify:strcpy receive lost gcc clang arm64-gcc arm64-clang

#include <stdio.h>
#include <string.h>

char line[16];
void receive(const char *text, size_t size);

void receive(const char *text, size_t size) {
  (void)size;
  __builtin_strcpy(line, text);  // expect: PMS208 PMS409
}
