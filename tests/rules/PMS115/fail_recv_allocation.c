// SPDX-License-Identifier: Apache-2.0

#include <arpa/inet.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>

void *take(int connection);

void *take(int connection) {
  uint32_t size = 0;
  if (recv(connection, &size, sizeof size, MSG_WAITALL) != sizeof size) return NULL;
  return malloc(ntohl(size));  // expect: PMS115
}
