// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

int use(const char *name);

int use(const char *name) {
  FILE *file = fopen(name, "r");
  if (file == NULL) return -1;
  return 0;  // expect: PMS118
}
