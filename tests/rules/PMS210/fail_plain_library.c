// SPDX-License-Identifier: Apache-2.0
// expect-header: 1 PMS307
// flags: -nostdinc -isystem @DIR@/plain_libc
// oracle: fortify:strcpy receive lost gcc clang arm64-gcc arm64-clang

#include <string.h>  // expect: PMS210

char line[16];
void receive(const char *text);

void receive(const char *text) {
  strcpy(line, text);  // expect: PMS409
}
