// SPDX-License-Identifier: Apache-2.0

#include <pthread.h>
#include <signal.h>

int stop(pthread_t worker);

int stop(pthread_t worker) {
  return pthread_kill(worker, SIGTERM);  // expect: PMC014
}
