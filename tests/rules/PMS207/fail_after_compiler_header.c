// SPDX-License-Identifier: Apache-2.0
// <stddef.h> is the compiler's: the C library has not looked yet.
// oracle: fortify:strcpy receive lost gcc clang arm64-gcc arm64-clang

#include <stddef.h>
#undef _FORTIFY_SOURCE  // expect: PMS207
#include <string.h>

char line[16];
void receive(const char *text);

void receive(const char *text) {
  strcpy(line, text);  // expect: PMS409
}
