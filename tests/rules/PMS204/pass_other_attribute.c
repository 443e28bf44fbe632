// SPDX-License-Identifier: Apache-2.0
// oracle: canary receive kept clang arm64-clang gcc arm64-gcc

void take(char *text);
void receive(void);

#pragma clang attribute push(__attribute__((cold)), apply_to = function)
void receive(void) {
  char line[64];
  take(line);
}
#pragma clang attribute pop
