// SPDX-License-Identifier: Apache-2.0
// A constant size is compared when compiling.

#include <stdio.h>
#include <string.h>

char line[16];
void receive(const char *text, size_t size);

void receive(const char *text, size_t size) {
  (void)size;
  __builtin_memcpy(line, text, 8);
}
