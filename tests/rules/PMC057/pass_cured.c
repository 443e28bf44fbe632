// SPDX-License-Identifier: Apache-2.0

#include <pthread.h>

int enter(pthread_mutex_t *shared);

int enter(pthread_mutex_t *shared) {
  return pthread_mutex_lock(shared);
}
