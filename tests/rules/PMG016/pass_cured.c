// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <string.h>

void drop_prefix(char *text);

void drop_prefix(char *text) {
  memmove(text, text + 3, 16);
}
