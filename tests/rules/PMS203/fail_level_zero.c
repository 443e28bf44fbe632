// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: fortify:strcpy receive lost gcc arm64-gcc kept clang arm64-clang

#pragma GCC optimize("O0")  // expect: PMS203
#include <string.h>

char line[16];
void receive(const char *text);

void receive(const char *text) {
  strcpy(line, text);  // expect: PMS409
}
