// SPDX-License-Identifier: Apache-2.0
// Clang ignores the attribute and says so, which is all there is.
// oracle: canary receive lost gcc arm64-gcc kept clang arm64-clang

void take(char *text);

__attribute__((optimize("no-stack-protector"))) void receive(void);  // expect: PMW091

void receive(void) {
  char line[64];
  take(line);
}
