// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc
// oracle: guards-return receive lost arm64-gcc
// oracle: canary receive kept arm64-gcc

void take(char *text);
void receive(int size);

void receive(int size) {
  char line[size];  // expect: PMS217
  take(line);
}
