// SPDX-License-Identifier: Apache-2.0
// oracle: canary receive kept gcc clang arm64-gcc arm64-clang

void take(char *text);

__attribute__((optnone)) void receive(void);  // expect: PMS206

void receive(void) {
  char line[64];
  take(line);
}
