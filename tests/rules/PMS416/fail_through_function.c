// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <syslog.h>

int start(void);

static void *kept;

static void finish(void) {
  free(kept);                    // expect: PMS416
  syslog(LOG_INFO, "finished");  // expect: PMS416
}

static void on_stop(int number) {
  (void)number;
  finish();
}

int start(void) {
  const struct sigaction action = {.sa_handler = on_stop};
  kept = malloc(16);
  return sigaction(SIGTERM, &action, NULL);
}
