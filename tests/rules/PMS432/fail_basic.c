// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>

int EVP_DigestVerifyFinal(void *context, const unsigned char *signature, size_t size);
int is_signed(void *context, const unsigned char *signature, size_t size);

int is_signed(void *context, const unsigned char *signature, size_t size) {
  if (!EVP_DigestVerifyFinal(context, signature, size)) return 0;  // expect: PMS432
  return 1;
}
