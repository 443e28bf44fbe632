// SPDX-License-Identifier: Apache-2.0
//
// The JSON that the gateway publishes. All member names come from the configuration and all values are numbers or fixed
// words, so nothing needs escaping and nothing from the network is echoed.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config.h"
#include "modbus/encoder.h"
#include "network/handler.h"

enum { kTelemetryMax = 1536, kReplyMax = 96 };

// Writes a sample and the number of samples lost so far, terminated. Returns its length, 0 when it does not fit.
size_t telemetry_format(char text[kTelemetryMax], const GatewayConfig* config, const Sample* sample, uint32_t dropped);

// Writes the reply to a command: whether it was carried out, else why not. Returns its length, 0 when it does not fit.
size_t telemetry_format_reply(char text[kReplyMax], bool done, const char* reason);
