// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

void use(int *p);

void use(int *p) {
  free(p);
  free(p);  // expect: PMS107
}
