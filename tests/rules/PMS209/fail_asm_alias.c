// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: fortify:strcpy receive lost gcc clang arm64-gcc arm64-clang

#include <string.h>

char *copy_text(char *to, const char *from) __asm__("strcpy");  // expect: PMS209

char line[16];
void receive(const char *text);

void receive(const char *text) {
  copy_text(line, text);
}
