// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

void use(void);

void use(void) {
  int value[4] = {0};
  int *p = value;
  free(p);  // expect: PMS112
}
