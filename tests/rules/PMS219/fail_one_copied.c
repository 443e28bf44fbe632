// SPDX-License-Identifier: Apache-2.0
#include <string.h>

struct Packet {
  unsigned length;
  char data[1];
};

void fill(struct Packet *packet, const char *from, size_t size);

void fill(struct Packet *packet, const char *from, size_t size) {
  memcpy(packet->data, from, size);  // expect: PMS219
}
