// SPDX-License-Identifier: Apache-2.0

#include <stdint.h>

uint32_t length_of(const uint8_t *message);

uint32_t length_of(const uint8_t *message) {
  return *(const uint32_t *)(message + 2);  // expect: PMS505
}
