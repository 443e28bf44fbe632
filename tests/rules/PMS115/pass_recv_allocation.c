// SPDX-License-Identifier: Apache-2.0

#include <arpa/inet.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>

struct point {
  int x, y;
};

void *take(int connection);
struct point *take_points(int connection);
void *take_bytes(int connection);

void *take(int connection) {
  uint32_t size = 0;
  if (recv(connection, &size, sizeof size, MSG_WAITALL) != sizeof size) return NULL;
  size = ntohl(size);
  return size > 65536 ? NULL : malloc(size);
}

struct point *take_points(int connection) {
  uint32_t count = 0;
  if (recv(connection, &count, sizeof count, MSG_WAITALL) != sizeof count) return NULL;
  count = ntohl(count);
  return count > 4096 ? NULL : malloc(count * (uint32_t)sizeof(struct point));
}

// Two bytes can't be much.
void *take_bytes(int connection) {
  uint8_t head[2];
  if (recv(connection, head, sizeof head, MSG_WAITALL) != sizeof head) return NULL;
  return malloc((size_t)(head[0] << 8 | head[1]) * 4 + 16);
}
