// SPDX-License-Identifier: Apache-2.0

#include <string.h>

struct Peer {
  char kind;
  int port;
};

int same(const struct Peer *a, const struct Peer *b);

int same(const struct Peer *a, const struct Peer *b) {
  return memcmp(a, b, sizeof(*a)) == 0;  // expect: PMC037
}
