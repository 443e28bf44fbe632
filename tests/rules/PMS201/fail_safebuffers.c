// SPDX-License-Identifier: Apache-2.0
// flags: -fdeclspec
// oracle: canary receive lost clang arm64-clang

void take(char *text);

__declspec(safebuffers) void receive(void);  // expect: PMS201

void receive(void) {
  char line[64];
  take(line);
}
