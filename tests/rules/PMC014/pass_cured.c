// SPDX-License-Identifier: Apache-2.0

#include <pthread.h>

int stop(pthread_t worker);

int stop(pthread_t worker) {
  return pthread_cancel(worker);
}
