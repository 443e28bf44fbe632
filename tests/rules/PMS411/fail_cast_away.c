// SPDX-License-Identifier: Apache-2.0

int mbedtls_x509_crt_verify(void *certificate, void *trusted);
int uECC_verify(const unsigned char *key, const unsigned char *hash, const unsigned char *signature);
void accept(void *certificate, void *trusted, const unsigned char *bytes);

void accept(void *certificate, void *trusted, const unsigned char *bytes) {
  (void)mbedtls_x509_crt_verify(certificate, trusted);  // expect: PMS411
  if (bytes) uECC_verify(bytes, bytes, bytes);          // expect: PMS411
}
