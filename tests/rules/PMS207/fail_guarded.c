// SPDX-License-Identifier: Apache-2.0
// oracle: fortify:strcpy receive lost gcc clang arm64-gcc arm64-clang

#ifdef _FORTIFY_SOURCE
#undef _FORTIFY_SOURCE  // expect: PMS207
#endif
#include <string.h>

char line[16];
void receive(const char *text);

void receive(const char *text) {
  strcpy(line, text);  // expect: PMS409
}
