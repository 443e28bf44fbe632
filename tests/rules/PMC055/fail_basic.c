// SPDX-License-Identifier: Apache-2.0

#include <pthread.h>

int prepare(void);

int prepare(void) {
  int before;
  return pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &before);  // expect: PMC055
}
