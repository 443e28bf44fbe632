// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

void use(void);

void use(void) {
  int *p = calloc(4, sizeof *p);
  free(p);
}
