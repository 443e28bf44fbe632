// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>

int EVP_DigestVerifyFinal(void *context, const unsigned char *signature, size_t size);
int is_signed(void *context, const unsigned char *signature, size_t size);

int is_signed(void *context, const unsigned char *signature, size_t size) {
  return EVP_DigestVerifyFinal(context, signature, size) == 1;
}
