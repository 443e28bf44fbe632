// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>

int psa_verify_message(const unsigned char *message, size_t size, const unsigned char *signature);
void install(const unsigned char *image, size_t size);
int update(const unsigned char *image, size_t size, const unsigned char *signature);

int update(const unsigned char *image, size_t size, const unsigned char *signature) {
  if (psa_verify_message(image, size, signature) != 0) return -1;
  install(image, size);
  return 0;
}
