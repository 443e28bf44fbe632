// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <netinet/in.h>
#include <stdint.h>
#include <sys/socket.h>

// With _GNU_SOURCE the addresses are arguments of a transparent union.
uint32_t address_of(int connection);
int port_of(int connection);

uint32_t address_of(int connection) {
  struct sockaddr_in from;
  socklen_t size = sizeof from;
  char byte;
  if (recvfrom(connection, &byte, 1, 0, (struct sockaddr *)&from, &size) != 1) return 0;
  return from.sin_addr.s_addr;
}

int port_of(int connection) {
  struct sockaddr_in from;
  socklen_t size = sizeof from;
  if (getpeername(connection, (struct sockaddr *)&from, &size) != 0) return 0;
  return from.sin_port;
}
