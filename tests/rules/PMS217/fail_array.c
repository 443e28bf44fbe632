// SPDX-License-Identifier: Apache-2.0
// oracle: guards-return receive kept gcc clang arm64-clang lost arm64-gcc

void take(char *text);
void receive(int size);

void receive(int size) {
  char line[size];  // expect: PMS217
  take(line);
}
