// SPDX-License-Identifier: Apache-2.0

#include <signal.h>

int should_stop(void);
void start(void);

static volatile sig_atomic_t stopped;

static void on_stop(int number) { stopped = number; }

int should_stop(void) { return stopped; }

void start(void) { signal(SIGTERM, on_stop); }
