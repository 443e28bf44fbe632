// SPDX-License-Identifier: Apache-2.0
//
// CRC-16/MODBUS, bit by bit: the records are a few dozen bytes, a table would cost more cache than it saves time.
// Source: MODBUS over Serial Line Specification V1.02, section 6.2.2.
#include "modbus/crc16.h"

void crc16_modbus(uint16_t* crc, const void* bytes, size_t length) {
  const uint8_t* byte = bytes;
  uint16_t value = *crc;
  for (size_t i = 0; i < length; ++i) {
    value ^= byte[i];
    for (int bit = 0; bit < 8; ++bit) {
      const uint16_t polynomial = (value & 1U) != 0 ? 0xA001 : 0;
      value = (uint16_t)(value >> 1) ^ polynomial;
    }
  }
  *crc = value;
}
