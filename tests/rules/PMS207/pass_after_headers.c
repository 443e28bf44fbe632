// SPDX-License-Identifier: Apache-2.0
// After the headers it has no effect.
// oracle: fortify:strcpy receive kept gcc clang arm64-gcc arm64-clang

#include <string.h>

#undef _FORTIFY_SOURCE

char line[16];
void receive(const char *text);

void receive(const char *text) {
  strcpy(line, text);  // expect: PMS409
}
