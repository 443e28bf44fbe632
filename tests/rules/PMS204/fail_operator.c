// SPDX-License-Identifier: Apache-2.0
// oracle: canary receive lost clang arm64-clang kept gcc arm64-gcc

#define UNGUARDED _Pragma("clang attribute push(__attribute__((no_stack_protector)), apply_to = function)")
#define GUARDED _Pragma("clang attribute pop")

void take(char *text);
void receive(void);

UNGUARDED  // expect: PMS204
void receive(void) {
  char line[64];
  take(line);
}
GUARDED
