// SPDX-License-Identifier: Apache-2.0

#include <stdint.h>
#include <sys/socket.h>

int take(int connection);
int use(const uint8_t *bytes, uint32_t size);

// A header says how much comes; the buffer does not grow with it.
int take(int connection) {
  struct {
    uint16_t kind;
    uint16_t length;
  } header;
  uint8_t body[1024];
  if (recv(connection, &header, sizeof header, MSG_WAITALL) != sizeof header) return -1;
  if (recv(connection, body, header.length, MSG_WAITALL) != header.length) return -1;  // expect: PMS115
  return use(body, header.length);
}
