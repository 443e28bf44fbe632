// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <stdlib.h>

struct Peer {
  char *name;
};
void rename_peer(struct Peer *peer);

void rename_peer(struct Peer *peer) {
  peer->name = malloc(16);
  if (peer->name == NULL) return;
  peer->name[0] = '\0';
  free(peer->name);
  peer->name = NULL;
}
