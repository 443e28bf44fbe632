// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc

#include <strings.h>

void fetch(char *key);
void receive(void);

void receive(void) {
  char key[32];
  fetch(key);
  bzero(key, sizeof key);  // expect: PMS220
}
