// SPDX-License-Identifier: Apache-2.0

#include <threads.h>

int ready;
int await(cnd_t *changed, mtx_t *lock);

int await(cnd_t *changed, mtx_t *lock) {
  if (!ready) {
    if (cnd_wait(changed, lock) != thrd_success) return -1;  // expect: PMC035
  }
  return ready;
}
