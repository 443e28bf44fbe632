// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

void prepare(void);

void prepare(void) {
  srand(1);  // expect: PMC054
}
