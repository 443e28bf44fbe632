// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <stdlib.h>

unsigned *count(const unsigned char *data);

unsigned *count(const unsigned char *data) {
  unsigned *sum = malloc(sizeof *sum);
  *sum = data[0];  // expect: PMG011
  return sum;
}
