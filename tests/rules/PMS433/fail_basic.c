// SPDX-License-Identifier: Apache-2.0

#include <string.h>

int is_authentic(const unsigned char *expected_mac, const unsigned char *message_mac);

int is_authentic(const unsigned char *expected_mac, const unsigned char *message_mac) {
  return memcmp(expected_mac, message_mac, 32) == 0;  // expect: PMS433
}
