// SPDX-License-Identifier: Apache-2.0
#include <string.h>

void fetch(char *key);
void receive(void);

void receive(void) {
  char key[32];
  fetch(key);
  memset(key, 0, sizeof key);
  __asm__ volatile("" ::"r"(key) : "memory");
}
