// SPDX-License-Identifier: Apache-2.0
// oracle: zeroed receive kept gcc clang arm64-gcc arm64-clang

void take(char *text);
void receive(void);

void receive(void) {
  char line[64];
  take(line);
}
