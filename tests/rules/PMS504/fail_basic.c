// SPDX-License-Identifier: Apache-2.0

#include <arpa/inet.h>
#include <stdint.h>
#include <string.h>

struct header {
  uint32_t length;
};

int take(char *out, const char *in, const struct header *header);

int take(char *out, const char *in, const struct header *header) {
  uint16_t length = ntohl(header->length);  // expect: PMS504
  if (length > 512) return -1;
  memcpy(out, in, length);
  return 0;
}
