// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// flags: -std=c2x
// oracle: zeroed receive lost gcc arm64-gcc

void take(char *text);
void receive(void);

void receive(void) {
  [[gnu::uninitialized]] char line[64];  // expect: PMS213
  take(line);
}
