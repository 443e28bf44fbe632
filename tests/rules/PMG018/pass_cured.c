// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <signal.h>

void watch(void);

static volatile sig_atomic_t seen;

static void on_signal(int number) { seen = number; }

void watch(void) {
  void (*const handler)(int) = on_signal;
  (void)signal(SIGTERM, handler);
}
