// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <stdlib.h>

static char search[] = "LD_LIBRARY_PATH=/tmp";

int prepare(void);

int prepare(void) {
  (void)search;
  return putenv((char *)"LD_LIBRARY_PATH=/tmp");  // expect: PMS423
}
