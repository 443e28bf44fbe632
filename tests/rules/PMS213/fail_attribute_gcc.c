// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: zeroed receive lost gcc clang arm64-gcc arm64-clang

void take(char *text);
void receive(void);

void receive(void) {
  __attribute__((__uninitialized__)) char line[64];  // expect: PMS213
  take(line);
}
