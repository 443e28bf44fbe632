// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <stdlib.h>

int make(void);

int make(void) {
  char name[] = "/tmp/fileXXXXXX";
  return mkstemp(name);
}
