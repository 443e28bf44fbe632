// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

long *use(void);

long *use(void) {
  long *p = malloc(4 * sizeof(long));
  return p;
}
