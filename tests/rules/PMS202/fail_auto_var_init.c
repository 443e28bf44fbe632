// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: zeroed receive lost gcc arm64-gcc kept clang arm64-clang

void take(char *text);

__attribute__((optimize("trivial-auto-var-init=uninitialized"))) void receive(void);  // expect: PMS202

void receive(void) {
  char line[64];
  take(line);
}
