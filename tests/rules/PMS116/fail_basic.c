// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <stdlib.h>

int use(void);

int use(void) {
  return mkstemp("/tmp/fileXX");  // expect: PMS116
}
