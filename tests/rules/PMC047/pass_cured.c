// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>

int sum(const unsigned char *bytes, size_t length);

int sum(const unsigned char *bytes, size_t length) {
  int total = 0;
  for (size_t i = 0; i < length; ++i) total += bytes[i];
  return total;
}
