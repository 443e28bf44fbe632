// SPDX-License-Identifier: Apache-2.0

#include <string.h>

int before(const char *a, const char *b);

int before(const char *a, const char *b) {
  return strcmp(a, b) == -1;  // expect: PMC042
}
