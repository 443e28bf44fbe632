// SPDX-License-Identifier: Apache-2.0

#include <arpa/inet.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>

struct point {
  int x, y;
};

struct point *take(int connection);

struct point *take(int connection) {
  uint32_t count = 0;
  if (recv(connection, &count, sizeof count, MSG_WAITALL) != sizeof count) return NULL;
  uint32_t size = ntohl(count) * (uint32_t)sizeof(struct point);
  return malloc(size);  // expect: PMS115
}
