// SPDX-License-Identifier: Apache-2.0

struct Peer {
  char kind;
  int port;
};

int same(const struct Peer *a, const struct Peer *b);

int same(const struct Peer *a, const struct Peer *b) {
  return a->kind == b->kind && a->port == b->port;
}
