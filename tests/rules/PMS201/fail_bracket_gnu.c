// SPDX-License-Identifier: Apache-2.0
// flags: -std=c2x
// oracle: canary receive lost gcc clang arm64-gcc arm64-clang

void take(char *text);

[[gnu::no_stack_protector]] void receive(void);  // expect: PMS201

void receive(void) {
  char line[64];
  take(line);
}
