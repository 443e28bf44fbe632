// SPDX-License-Identifier: Apache-2.0

#include <stdint.h>
#include <string.h>

typedef struct ssl_st SSL;
int SSL_read(SSL *ssl, void *buffer, int size);
int use(const char *name);
int take(SSL *ssl);

int take(SSL *ssl) {
  uint8_t message[300];
  char name[32];
  if (SSL_read(ssl, message, sizeof message) != sizeof message) return -1;
  memcpy(name, message + 1, message[0]);  // expect: PMS115
  return use(name);
}
