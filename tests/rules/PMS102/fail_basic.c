// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

int use(int value);

int use(int value) {
  char *block = malloc(8);
  if (block == NULL) return 0;
  block[8] = (char)value;  // expect: PMS102
  int first = block[0];
  free(block);
  return first;
}
