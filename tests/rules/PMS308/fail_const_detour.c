// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <stdint.h>

char *writable(const char *text);

char *writable(const char *text) {
  return (char *)(uintptr_t)text;  // expect: PMS308
}
