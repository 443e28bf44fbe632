// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <stdlib.h>

char *choose(char *name);

char *choose(char *name) {
  return mktemp(name);  // expect: PMS427
}
