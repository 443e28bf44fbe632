// SPDX-License-Identifier: Apache-2.0

#include <arpa/inet.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

int take(int connection, char *out);
int take_all(int connection);
int use(const char *text);

// The length is compared with what has come, which is no more than there is room for.
int take(int connection, char *out) {
  uint8_t message[256];
  uint16_t length = 0;
  ssize_t received = recv(connection, message, sizeof message, 0);
  if (received < 2) return -1;
  memcpy(&length, message, sizeof length);
  const size_t size = 2 + (size_t)ntohs(length);
  if ((size_t)received < size) return -1;
  memcpy(out, message, size);
  return 0;
}

// Reads add up to no more than the buffer holds.
int take_all(int connection) {
  char text[1024];
  size_t end = 0;
  ssize_t received = 0;
  while (end < sizeof text - 1 && (received = recv(connection, text + end, sizeof text - 1 - end, 0)) > 0)
    end += (size_t)received;
  text[end] = 0;
  return use(text);
}
