// SPDX-License-Identifier: Apache-2.0
// oracle: fortify:strcpy receive kept gcc clang arm64-gcc arm64-clang

#include <string.h>

char line[16];
void receive(const char *text);

void receive(const char *text) {
  strcpy(line, text);  // expect: PMS409
}
