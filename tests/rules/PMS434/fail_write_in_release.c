// SPDX-License-Identifier: Apache-2.0
// flags: -DNDEBUG

#include <assert.h>

int next(int *place);

int next(int *place) {
  assert(++*place < 8);  // expect: PMS434
  return *place;
}
