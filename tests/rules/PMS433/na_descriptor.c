// SPDX-License-Identifier: Apache-2.0

#include <string.h>

struct descriptor {
  char name[32];
  unsigned size;
};

extern struct descriptor known[4];
int find(const struct descriptor *hash);

int find(const struct descriptor *hash) {
  for (int i = 0; i < 4; ++i)
    if (memcmp(&known[i], hash, sizeof *hash) == 0) return i;
  return -1;
}
