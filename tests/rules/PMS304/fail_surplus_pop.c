// SPDX-License-Identifier: Apache-2.0
// expect-header: 2 PMS304

#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wsign-compare"
#include "surplus_pop.h"

int one(void);

int one(void) {
  return 1;
}
