// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

int use(int x);

int use(int x) {
  char *block = malloc(8);
  if (block == NULL) return -1;
  return x;  // expect: PMS108
}
