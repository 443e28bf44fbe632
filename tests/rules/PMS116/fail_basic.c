// SPDX-License-Identifier: Apache-2.0
// flags: -D_DEFAULT_SOURCE

#include <stdlib.h>

char *use(char *name);

char *use(char *name) {
  return mktemp(name);  // expect: PMS116
}
