// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>
#include <stdlib.h>

char *use(void);

char *use(void) {
  size_t size = 0;
  if (scanf("%zu", &size) != 1 || size > 4096) return NULL;
  return malloc(size);
}
