// SPDX-License-Identifier: Apache-2.0
//
// Signals without handlers: they are blocked once and asked for, so no code of ours ever runs in signal context.
#pragma once

#include <stdbool.h>

// Blocks SIGTERM, SIGINT and SIGPIPE and unblocks all others, whatever the parent left behind. False: refused by the
// system.
bool signals_prepare(void);

// Whether SIGTERM or SIGINT has arrived since the start.
bool signals_stop_requested(void);
