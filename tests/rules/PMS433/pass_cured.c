// SPDX-License-Identifier: Apache-2.0

int is_authentic(const unsigned char *expected_mac, const unsigned char *message_mac);

int is_authentic(const unsigned char *expected_mac, const unsigned char *message_mac) {
  unsigned difference = 0;
  for (int i = 0; i < 32; ++i) difference |= (unsigned)(expected_mac[i] ^ message_mac[i]);
  return difference == 0;
}
