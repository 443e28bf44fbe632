// SPDX-License-Identifier: Apache-2.0
// flags: -D_DEFAULT_SOURCE

#include <stdlib.h>

int use(void);

int use(void) {
  char name[] = "/tmp/fileXXXXXX";
  return mkstemp(name);
}
