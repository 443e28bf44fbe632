// SPDX-License-Identifier: Apache-2.0

#include <string.h>

int mbedtls_md_hmac(const void *md, const unsigned char *key, unsigned long key_length, const unsigned char *input,
                    unsigned long length, unsigned char *output);
int accept_message(const unsigned char *message, unsigned long length, const unsigned char *key);

int accept_message(const unsigned char *message, unsigned long length, const unsigned char *key) {
  unsigned char should_be[32];
  if (mbedtls_md_hmac(0, key, 32, message + 32, length - 32, should_be) != 0) return -1;
  return memcmp(should_be, message, sizeof should_be) == 0 ? 0 : -1;  // expect: PMS433
}
