// SPDX-License-Identifier: Apache-2.0
struct Packet {
  unsigned length;
  char data[1];
};

char last(const struct Packet *packet);

char last(const struct Packet *packet) {
  return packet->data[packet->length];  // expect: PMS219
}
