// SPDX-License-Identifier: Apache-2.0

#include <stdint.h>

struct header {
  uint16_t kind;
  uint32_t length;
};

void receive(char *buffer, unsigned long size);
uint32_t next_length(void);
uint16_t next_kind(void);

uint32_t next_length(void) {
  char buffer[64];
  receive(buffer, sizeof buffer);
  const struct header *header = (const struct header *)buffer;  // expect: PMS505
  return header->length;
}

uint16_t next_kind(void) {
  char buffer[64];
  receive(buffer, sizeof buffer);
  return ((const struct header *)&buffer[3])->kind;  // expect: PMS505
}
