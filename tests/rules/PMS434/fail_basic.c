// SPDX-License-Identifier: Apache-2.0

#include <assert.h>
#include <unistd.h>

void drop(uid_t user);

void drop(uid_t user) {
  assert(setuid(user) == 0);  // expect: PMS434
}
