// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: fortify:strcpy receive lost gcc clang arm64-gcc arm64-clang

#undef _FORTIFY_SOURCE
#define _FORTIFY_SOURCE 0  // expect: PMS207
#include <string.h>

char line[16];
void receive(const char *text);

void receive(const char *text) {
  strcpy(line, text);  // expect: PMS409
}
