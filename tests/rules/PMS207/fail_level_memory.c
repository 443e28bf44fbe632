// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc
// oracle: fortify:strcpy receive lost gcc clang arm64-gcc arm64-clang

#include <stdint.h>
#undef __USE_FORTIFY_LEVEL  // expect: PMS207
#include <string.h>

char line[16];
void receive(const char *text);

void receive(const char *text) {
  strcpy(line, text);  // expect: PMS409
}
