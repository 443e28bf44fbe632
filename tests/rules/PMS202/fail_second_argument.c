// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: canary receive lost gcc arm64-gcc kept clang arm64-clang

void take(char *text);

__attribute__((optimize("O3", "no-stack-protector"))) void receive(void);  // expect: PMS202

void receive(void) {
  char line[64];
  take(line);
}
