// SPDX-License-Identifier: Apache-2.0

int mbedtls_hkdf(const void *md, const unsigned char *salt, unsigned long salt_len, const unsigned char *ikm,
                 unsigned long ikm_len, const unsigned char *info, unsigned long info_len, unsigned char *okm,
                 unsigned long okm_len);
int encrypt(const unsigned char *key, unsigned char *data);
int protect(const unsigned char *seed, unsigned char *data);

int protect(const unsigned char *seed, unsigned char *data) {
  unsigned char derived[32];  // expect: PMS507
  if (mbedtls_hkdf(0, 0, 0, seed, 32, 0, 0, derived, sizeof derived) != 0) return -1;
  return encrypt(derived, data);
}
