// SPDX-License-Identifier: Apache-2.0
// Clang ignores the pragma.
// oracle: canary receive lost gcc arm64-gcc kept clang arm64-clang

void take(char *text);
void receive(void);

#pragma GCC optimize("no-stack-protector")

void receive(void) {
  char line[64];
  take(line);
}
