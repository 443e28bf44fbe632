// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <stdlib.h>
#include <string.h>

unsigned digest(const unsigned char *data);

unsigned digest(const unsigned char *data) {
  unsigned char *copy = malloc(64);
  unsigned sum = 0;
  if (copy == NULL) return 0;
  memcpy(copy, data, 64);
  for (int i = 0; i < 64; ++i) sum += copy[i];
  free(copy);
  return sum == 0 ? 1 : sum;
}
