// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <string.h>

static const char kName[8] = "gateway";

int has(int letter, unsigned length);

int has(int letter, unsigned length) {
  return memchr(kName, letter, length | 16) != NULL;  // expect: PMG002
}
