// SPDX-License-Identifier: Apache-2.0
// oracle: wiped receive lost gcc clang

#include <stdlib.h>
#include <string.h>

void fetch(char *key);
void receive(void);

void receive(void) {
  char *key = malloc(32);
  if (key == NULL) return;
  fetch(key);
  memset(key, 0, 32);  // expect: PMS220
  free(key);
}
