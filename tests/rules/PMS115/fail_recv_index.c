// SPDX-License-Identifier: Apache-2.0

#include <stdint.h>
#include <sys/socket.h>

extern int levels[16];
int take(int connection);

int take(int connection) {
  uint8_t message[64];
  if (recv(connection, message, sizeof message, 0) < 2) return -1;
  return levels[message[1]];  // expect: PMS115
}
