// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

char *choose(char name[L_tmpnam]);

char *choose(char name[L_tmpnam]) {
  return tmpnam(name);  // expect: PMS427
}
