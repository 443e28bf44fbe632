// SPDX-License-Identifier: Apache-2.0
//
// Modbus RTU requests.
#pragma once

#include <stddef.h>
#include <stdint.h>

struct read_request {
  uint8_t unit;
  uint16_t address;
  uint16_t count;
};

size_t encode_read_request(uint8_t *frame, size_t size, const struct read_request *request);
