// SPDX-License-Identifier: Apache-2.0
// After the headers it has no effect.
// oracle: fortify:memcpy receive kept gcc clang arm64-gcc arm64-clang

#include <string.h>

#undef _FORTIFY_SOURCE

char line[16];
void receive(const char *text, size_t size);

void receive(const char *text, size_t size) {
  memcpy(line, text, size);
}
