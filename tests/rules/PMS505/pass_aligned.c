// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

struct header {
  uint16_t kind;
  uint32_t length;
};
struct packed {
  uint16_t kind;
  uint32_t length;
} __attribute__((packed));
struct frame {
  uint64_t time;
  char data[56];
};

void receive(char *buffer, unsigned long size);
uint32_t sum(struct frame *frame, const char *bytes);
uint32_t owner(uint16_t *kind);

uint32_t sum(struct frame *frame, const char *bytes) {
  char buffer[64] __attribute__((aligned(8)));
  char *memory = malloc(64);
  receive(buffer, sizeof buffer);
  if (memory == NULL) return 0;
  receive(memory, 64);
  const struct header *header = (const struct header *)memory;
  uint32_t result = ((const struct header *)buffer)->length + header->length;
  free(memory);
  return result + ((const struct header *)frame->data)->length + ((const struct packed *)bytes)->length;
}

// From a member to what holds it: it was no byte before.
uint32_t owner(uint16_t *kind) {
  return ((const struct header *)((char *)kind - offsetof(struct header, kind)))->length;
}
