// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

int use(void);

int use(void) {
  char line[64];
  if (scanf("%63s", line) != 1) return -1;
  return printf(line);  // expect: PMS114 PMW004
}
