// SPDX-License-Identifier: Apache-2.0

#include <string.h>

void clear(int *table, size_t bytes);

void clear(int *table, size_t bytes) {
  memset(table, 0, bytes);
}
