// SPDX-License-Identifier: Apache-2.0

typedef struct ssl_st SSL;
int SSL_read(SSL *ssl, void *buffer, int size);
int use(const char *text);
int take(SSL *ssl);

int take(SSL *ssl) {
  char text[64];
  int length = SSL_read(ssl, text, sizeof text);
  if (length < 0) return -1;
  text[length] = 0;  // expect: PMS115
  return use(text);
}
