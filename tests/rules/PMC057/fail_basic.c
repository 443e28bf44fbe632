// SPDX-License-Identifier: Apache-2.0

#include <pthread.h>

int enter(const pthread_mutex_t *shared);

int enter(const pthread_mutex_t *shared) {
  pthread_mutex_t lock = *shared;  // expect: PMC057
  return pthread_mutex_lock(&lock);
}
