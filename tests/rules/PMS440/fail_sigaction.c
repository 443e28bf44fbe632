// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <signal.h>
#include <stddef.h>

unsigned ticks(void);
int start(void);

static unsigned count;

static void on_tick(int number) {
  (void)number;
  ++count;  // expect: PMS440
}

unsigned ticks(void) { return count; }

int start(void) {
  struct sigaction action;
  action.sa_handler = &on_tick;
  action.sa_flags = 0;
  sigemptyset(&action.sa_mask);
  return sigaction(SIGALRM, &action, NULL);
}
