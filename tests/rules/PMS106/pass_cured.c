// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

int use(int *p);

int use(int *p) {
  int value = *p;
  free(p);
  return value;
}
