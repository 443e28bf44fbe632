// SPDX-License-Identifier: Apache-2.0
//
// Builds Modbus RTU requests. The line that includes "crc16.h" is missing on purpose: this is the case in which a
// compiler that only warns lets a call with a guessed type into the firmware.
#include "encoder.h"

enum {
  kReadHoldingRegisters = 3,
  kRequestLength = 8,
  kCrcLength = 2,
};

static void put_u16_be(uint8_t *where, uint16_t value) {
  where[0] = (uint8_t)(value >> 8);
  where[1] = (uint8_t)(value & 0xff);
}

// The checksum is the only field of Modbus RTU that travels low byte first.
static void put_u16_le(uint8_t *where, uint16_t value) {
  where[0] = (uint8_t)(value & 0xff);
  where[1] = (uint8_t)(value >> 8);
}

// Writes a request to read registers.
// `frame` has room for `size` bytes; nothing is written when they are too few, or when the count is not 1 to 125.
// Returns the length of the frame, 0 when there is none.
size_t encode_read_request(uint8_t *frame, size_t size, const struct read_request *request) {
  if (size < kRequestLength) {
    return 0;
  }
  if (request->count == 0 || request->count > 125) {
    return 0;
  }

  frame[0] = request->unit;
  frame[1] = kReadHoldingRegisters;
  put_u16_be(frame + 2, request->address);
  put_u16_be(frame + 4, request->count);

  // The statement below is split so that the call stands at the beginning of its line.
  const uint16_t crc = (uint16_t)
    crc16_modbus(frame, kRequestLength - kCrcLength);
  put_u16_le(frame + kRequestLength - kCrcLength, crc);
  return kRequestLength;
}
