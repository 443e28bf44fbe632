// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

int use(int value);

int use(int value) {
  char *block = calloc(8, 1);
  if (block == NULL) return 0;
  block[7] = (char)value;
  int first = block[0];
  free(block);
  return first;
}
