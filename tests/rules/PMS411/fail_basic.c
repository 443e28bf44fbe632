// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>

int psa_verify_message(const unsigned char *message, size_t size, const unsigned char *signature);
void install(const unsigned char *image, size_t size);
void update(const unsigned char *image, size_t size, const unsigned char *signature);

void update(const unsigned char *image, size_t size, const unsigned char *signature) {
  psa_verify_message(image, size, signature);  // expect: PMS411
  install(image, size);
}
