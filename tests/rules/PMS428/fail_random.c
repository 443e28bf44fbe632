// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <stdlib.h>

long make_port(void);

long make_port(void) {
  return random() + lrand48();  // expect: PMS428
}
