// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: fortify:memcpy receive lost gcc clang arm64-gcc arm64-clang

#include <stdio.h>
#include <string.h>

char line[16];
void receive(const char *text, size_t size);

void receive(const char *text, size_t size) {
  __builtin_memcpy(line, text, size);  // expect: PMS208
}
