// SPDX-License-Identifier: Apache-2.0

#include <signal.h>
#include <unistd.h>

void start(void);

static void on_stop(int number) {
  char text = (char)number;
  text = '!';
  (void)!write(2, &text, 1);
}

void start(void) { signal(SIGTERM, on_stop); }
