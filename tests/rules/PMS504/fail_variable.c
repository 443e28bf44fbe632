// SPDX-License-Identifier: Apache-2.0

#include <endian.h>
#include <stdint.h>

void answer(uint8_t kind);
void handle(const uint32_t *message);

void handle(const uint32_t *message) {
  uint32_t kind = be32toh(*message);
  answer(kind);  // expect: PMS504
}
