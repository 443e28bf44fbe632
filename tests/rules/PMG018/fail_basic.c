// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <signal.h>
#include <stdio.h>

void watch(void);

static void note(int number) {
  fprintf(stderr, "signal %d\n", number);  // expect: PMG018
}

static void on_signal(int number) { note(number); }

void watch(void) {
  void (*const handler)(int) = on_signal;
  (void)signal(SIGTERM, handler);
}
