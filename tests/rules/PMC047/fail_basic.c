// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>

int sum(const unsigned char *bytes, size_t length);

int sum(const unsigned char *bytes, size_t length) {
  int total = 0;
  for (short i = 0; i < length; ++i) total += bytes[i];  // expect: PMC047
  return total;
}
