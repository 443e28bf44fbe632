// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>

int use(const int *p);

int use(const int *p) {
  if (p != NULL) return *p;
  return 0;
}
