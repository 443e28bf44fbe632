// SPDX-License-Identifier: Apache-2.0
//
// alarm(2) rather than a handler or a second thread: nothing in a process that hangs can be relied upon to run.
#include "watchdog.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "log.h"

static void write_device(const Watchdog* watchdog, char byte) {
  if (watchdog->device >= 0 && write(watchdog->device, &byte, 1) != 1) {
    log_line(kLogWarning, "watchdog: cannot feed: %s", strerror(errno));
  }
}

void watchdog_start(Watchdog* watchdog, const GatewayConfig* config) {
  watchdog->device = -1;
  watchdog->deadline_s = config->watchdog_deadline_s;
  if (config->watchdog_device[0] != '\0') {
    watchdog->device = open(config->watchdog_device, O_WRONLY | O_CLOEXEC);
    if (watchdog->device < 0) {
      log_line(kLogWarning, "watchdog: cannot open %s: %s", config->watchdog_device, strerror(errno));
    }
  }
  (void)alarm(watchdog->deadline_s);
}

void watchdog_feed(const Watchdog* watchdog, uint32_t interval_ms) {
  (void)alarm(watchdog->deadline_s + (interval_ms + 999U) / 1000U);
  write_device(watchdog, '\0');
}

void watchdog_stop(Watchdog* watchdog) {
  (void)alarm(0);
  write_device(watchdog, 'V');  // the magic close: do not reset the machine (Linux watchdog API)
  if (watchdog->device >= 0) {
    (void)close(watchdog->device);
    watchdog->device = -1;
  }
}
