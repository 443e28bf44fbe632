// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: canary receive lost gcc clang arm64-gcc arm64-clang

void take(char *text);
void receive(void);

__attribute__((__no_stack_protector__)) void receive(void) {  // expect: PMS201
  char line[64];
  take(line);
}
