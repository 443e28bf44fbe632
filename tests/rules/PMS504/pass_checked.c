// SPDX-License-Identifier: Apache-2.0

#include <arpa/inet.h>
#include <stdint.h>

#define STATUS (*(volatile uint32_t *)0x40001000u)

uint16_t port_of(const uint16_t *field, const uint8_t *message);
uint8_t low_byte(const uint32_t *message);
uint8_t status(void);
int kind_of(const uint32_t *message);

uint16_t port_of(const uint16_t *field, const uint8_t *message) {
  uint16_t port = ntohs(*field);
  uint16_t other = message[0] << 8 | message[1];
  return port > other ? port : other;
}

uint8_t low_byte(const uint32_t *message) { return (uint8_t)ntohl(*message); }

uint8_t status(void) { return STATUS & 0xff; }

int kind_of(const uint32_t *message) {
  uint32_t kind = ntohl(*message);
  uint8_t small = 0;
  if (kind > 200) return -1;
  small = kind;
  return small;
}
