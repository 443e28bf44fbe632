// SPDX-License-Identifier: Apache-2.0
//
// One system call at start, one per turn of the main loop.
#include "signals.h"

#include <signal.h>
#include <stddef.h>
#include <time.h>

bool signals_prepare(void) {
  sigset_t blocked;
  (void)sigemptyset(&blocked);
  (void)sigaddset(&blocked, SIGTERM);
  (void)sigaddset(&blocked, SIGINT);
  // A log reader that has gone must not end the gateway.
  (void)sigaddset(&blocked, SIGPIPE);
  return sigprocmask(SIG_SETMASK, &blocked, NULL) == 0;
}

bool signals_stop_requested(void) {
  static bool requested = false;
  if (!requested) {
    sigset_t stop;
    (void)sigemptyset(&stop);
    (void)sigaddset(&stop, SIGTERM);
    (void)sigaddset(&stop, SIGINT);
    const struct timespec at_once = {0, 0};
    requested = sigtimedwait(&stop, NULL, &at_once) > 0;
  }
  return requested;
}
