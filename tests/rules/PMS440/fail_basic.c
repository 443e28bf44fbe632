// SPDX-License-Identifier: Apache-2.0

#include <signal.h>

int should_stop(void);
void start(void);

static int stopped;

static void on_stop(int number) {
  stopped = number;  // expect: PMS440
}

int should_stop(void) { return stopped; }

void start(void) { signal(SIGTERM, on_stop); }
