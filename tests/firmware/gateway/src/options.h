// SPDX-License-Identifier: Apache-2.0
//
// The command line. It can move the two ports, which tests need, and nothing else of the configuration.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "config.h"

typedef struct {
  uint16_t modbus_port;
  uint16_t mqtt_port;
  uint32_t cycles;  // 0: until told to stop
  bool selftest;
  bool help;
} Options;

// Fills `options` from the arguments, and from `config` where there are none. False: the usage error has been logged.
bool options_parse(Options* options, const GatewayConfig* config, int count, char* const* arguments);

// Writes the usage to standard output.
void options_print_help(void);
