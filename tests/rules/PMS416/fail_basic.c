// SPDX-License-Identifier: Apache-2.0

#include <signal.h>
#include <stdio.h>

void start(void);

static void on_stop(int number) {
  printf("signal %d\n", number);  // expect: PMS416
}

void start(void) { signal(SIGTERM, on_stop); }
