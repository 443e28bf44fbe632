// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <stdlib.h>

void *reserve(int extra);

void *reserve(int extra) {
  if (extra < 0) return NULL;
  return malloc((size_t)extra);
}
