// SPDX-License-Identifier: Apache-2.0

#include <endian.h>
#include <stdint.h>
#include <string.h>

uint32_t length_of(const uint8_t *message);

uint32_t length_of(const uint8_t *message) {
  uint32_t length = 0;
  memcpy(&length, message + 2, sizeof length);
  return be32toh(length);
}
