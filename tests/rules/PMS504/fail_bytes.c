// SPDX-License-Identifier: Apache-2.0

#include <stdint.h>

uint16_t length_of(const uint8_t *message);

uint16_t length_of(const uint8_t *message) {
  return message[0] | message[1] << 8 | message[2] << 16;  // expect: PMS504
}
