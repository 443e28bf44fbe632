// SPDX-License-Identifier: Apache-2.0
// oracle: fortify:memcpy receive lost gcc clang arm64-gcc arm64-clang

#include <stdio.h>
#include <string.h>

#define COPY(to, from, n) __builtin_memcpy(to, from, n)

char line[16];
void receive(const char *text, size_t size);

void receive(const char *text, size_t size) {
  COPY(line, text, size);  // expect: PMS208
}
