// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>
#include <stdlib.h>

int use(void);

int use(void) {
  char line[64];
  if (scanf("%63s", line) != 1) return -1;
  return system("/usr/bin/true");  // expect: PMS408
}
