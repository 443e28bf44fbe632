// SPDX-License-Identifier: Apache-2.0

struct Packet {
  unsigned length;
  char data[0];  // expect: PMS219
};

unsigned length_of(const struct Packet *packet);

unsigned length_of(const struct Packet *packet) {
  return packet->length;
}
