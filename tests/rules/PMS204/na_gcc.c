// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// GCC ignores the pragma.
// oracle: canary receive kept gcc arm64-gcc

void take(char *text);
void receive(void);

#pragma clang attribute push(__attribute__((no_stack_protector)), apply_to = function)
void receive(void) {
  char line[64];
  take(line);
}
#pragma clang attribute pop
