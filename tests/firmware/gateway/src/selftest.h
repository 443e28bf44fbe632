// SPDX-License-Identifier: Apache-2.0
//
// What the program can check about itself on the device, without any peer.
#pragma once

#include <stdbool.h>

#include "config.h"

// Checks the configuration and the whole way from registers to JSON and from a command to its effect, with known
// answers. False: the first failure has been logged.
bool selftest_run(const GatewayConfig* config);
