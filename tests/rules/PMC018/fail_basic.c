// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

void *table(int rows, int columns);

void *table(int rows, int columns) {
  return malloc(rows * columns);  // expect: PMC018
}
