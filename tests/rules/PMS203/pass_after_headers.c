// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: canary receive kept gcc clang arm64-gcc arm64-clang

#include <string.h>

#pragma GCC push_options
#pragma GCC optimize("O3")

void take(char *text);
void receive(void);

void receive(void) {
  char line[64];
  take(line);
}
#pragma GCC pop_options
