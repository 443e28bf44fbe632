// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

void use(long value);

void use(long value) {
  printf("%d\n", value);  // expect: PMW009
}
