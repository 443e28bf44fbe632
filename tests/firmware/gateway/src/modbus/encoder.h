// SPDX-License-Identifier: Apache-2.0
//
// Turns polled registers into a sample: engineering values as exact decimal numbers, plus the raw registers with a
// checksum. Integers throughout, because a temperature of 21.5 must not leave the gateway as 21.499999.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "config.h"

// value = scaled / 10^decimals. Not valid: the device sent NaN, an infinity or a number too large for a sensor.
typedef struct {
  int64_t scaled;
  uint8_t decimals;
  bool valid;
} PointValue;

typedef struct {
  uint32_t sequence;   // counts samples since start, from 1
  uint64_t uptime_ms;  // of the gateway, when the registers were read
  uint16_t checksum;   // CRC-16/MODBUS of the registers as on the wire
  uint16_t register_count;
  uint8_t point_count;
  uint16_t registers[kRegisterMax];
  PointValue values[kPointMax];
} Sample;

// Fills everything but `sequence` and `uptime_ms`. `registers` holds config->register_count words in host byte order;
// the configuration must have passed config_defect().
void encoder_fill(Sample* sample, const GatewayConfig* config, const uint16_t* registers);
