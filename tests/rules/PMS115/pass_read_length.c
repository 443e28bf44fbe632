// SPDX-License-Identifier: Apache-2.0

#include <arpa/inet.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

int take(int connection, char *out);

int take(int connection, char *out) {
  uint8_t message[256];
  uint16_t length = 0;
  if (read(connection, message, sizeof message) < 3) return -1;
  memcpy(&length, message + 1, sizeof length);
  length = ntohs(length);
  if (length > sizeof message - 3) return -1;
  memcpy(out, message + 3, length);
  return 0;
}
