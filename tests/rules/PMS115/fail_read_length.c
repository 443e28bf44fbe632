// SPDX-License-Identifier: Apache-2.0

#include <arpa/inet.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

int take(int connection, char *out);

// As in Heartbleed: the sender says how much to send back.
int take(int connection, char *out) {
  uint8_t message[256];
  uint16_t length = 0;
  if (read(connection, message, sizeof message) < 3) return -1;
  memcpy(&length, message + 1, sizeof length);
  memcpy(out, message + 3, ntohs(length));  // expect: PMS115
  return 0;
}
