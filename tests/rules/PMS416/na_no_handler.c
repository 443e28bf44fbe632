// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>

void start(void);

void start(void) {
  signal(SIGPIPE, SIG_IGN);
  puts("started");
}
