// SPDX-License-Identifier: Apache-2.0
// oracle: fortify:memcpy receive kept gcc clang arm64-gcc arm64-clang

#include <string.h>

char line[16];
void receive(const char *text, size_t size);

void receive(const char *text, size_t size) {
  memcpy(line, text, size);
}
