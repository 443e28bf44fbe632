// SPDX-License-Identifier: Apache-2.0

#include <string.h>

int is_ours(const unsigned char *mac, const unsigned char *own_mac, const unsigned char *tag);

int is_ours(const unsigned char *mac, const unsigned char *own_mac, const unsigned char *tag) {
  return memcmp(mac, own_mac, 6) == 0 && memcmp(tag, own_mac, 4) == 0;
}
