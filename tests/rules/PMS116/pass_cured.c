// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <stdlib.h>

int use(void);

int use(void) {
  char name[] = "/tmp/fileXXXXXX";
  return mkstemp(name);
}
