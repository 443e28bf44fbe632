// SPDX-License-Identifier: Apache-2.0
// oracle: wiped receive kept gcc clang

#include <string.h>

void fetch(char *key);
void receive(void);

void receive(void) {
  char key[32];
  fetch(key);
  explicit_bzero(key, sizeof key);
}
