// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: fortify:strcpy receive kept gcc clang arm64-gcc arm64-clang

#include <string.h>

char line[16];

__attribute__((optimize(0))) void receive(const char *text);  // expect: PMS206

void receive(const char *text) {
  strcpy(line, text);  // expect: PMS409
}
