// SPDX-License-Identifier: Apache-2.0
//
// Two watchdogs fed by the same call: a deadline inside the process (SIGALRM, default action: the kernel ends the
// process, whatever state it is in, and its supervisor starts it again) and, where configured, the hardware's
// /dev/watchdog, which resets the machine when that does not help.
#pragma once

#include <stdint.h>

#include "config.h"

typedef struct {
  int device;  // -1: none
  uint32_t deadline_s;
} Watchdog;

// Opens the hardware watchdog if one is configured (a missing one is logged, not fatal) and starts the deadline.
void watchdog_start(Watchdog* watchdog, const GatewayConfig* config);

// A cycle is complete; the next one is due in `interval_ms` and must be complete `deadline_s` after that.
void watchdog_feed(const Watchdog* watchdog, uint32_t interval_ms);

// Ends both: the gateway stops because it was told to.
void watchdog_stop(Watchdog* watchdog);
