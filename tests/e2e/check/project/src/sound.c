// SPDX-License-Identifier: Apache-2.0
//
// A unit with which nothing is wrong.
#include <stddef.h>

#include "modbus/crc16.h"

uint16_t crc16_modbus(const uint8_t *bytes, size_t length) {
  uint16_t crc = 0xffff;
  for (size_t i = 0; i < length; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) {
      crc = (uint16_t)((crc & 1) != 0 ? (crc >> 1) ^ 0xa001 : crc >> 1);
    }
  }
  return crc;
}
