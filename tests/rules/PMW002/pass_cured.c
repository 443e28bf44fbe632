// SPDX-License-Identifier: Apache-2.0

#include <stdint.h>

char *use(intptr_t x);

char *use(intptr_t x) {
  char *p = (char *)x;
  return p;
}
