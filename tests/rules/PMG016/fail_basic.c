// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <string.h>

void drop_prefix(char *text);

void drop_prefix(char *text) {
  memcpy(text, text + 3, 16);  // expect: PMG016
}
