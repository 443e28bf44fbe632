// SPDX-License-Identifier: Apache-2.0
struct Packet {
  unsigned length;
  char data[0];  // expect: PMS219
};

char first(const struct Packet *packet);

char first(const struct Packet *packet) {
  return packet->data[0];
}
