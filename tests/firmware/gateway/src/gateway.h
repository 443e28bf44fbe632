// SPDX-License-Identifier: Apache-2.0
//
// The gateway itself: the loop that polls, encodes, publishes, obeys commands and feeds the watchdog.
#pragma once

#include "config.h"
#include "options.h"

// Exit codes of the program. A hung cycle has none: the watchdog ends it by SIGALRM.
enum { kExitDone = 0, kExitNotDelivered = 1, kExitUsage = 2, kExitCannotRun = 3 };

// Runs until SIGTERM or SIGINT, or for the number of cycles in the options. Returns an exit code: kExitDone when
// stopped by a signal or when every cycle was read and acknowledged by the broker, else kExitNotDelivered or
// kExitCannotRun.
int gateway_run(const GatewayConfig* config, const Options* options);
