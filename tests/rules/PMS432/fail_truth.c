// SPDX-License-Identifier: Apache-2.0

int X509_verify_cert(void *context);
int ECDSA_verify(const unsigned char *hash, const unsigned char *signature);
int accept(void *context, const unsigned char *hash, const unsigned char *signature);

int accept(void *context, const unsigned char *hash, const unsigned char *signature) {
  if (X509_verify_cert(context)) return 1;              // expect: PMS432
  return ECDSA_verify(hash, signature) == 0 ? -1 : 1;  // expect: PMS432
}
