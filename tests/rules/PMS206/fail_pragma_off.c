// SPDX-License-Identifier: Apache-2.0
void take(char *text);
void receive(void);

#pragma clang optimize off  // expect: PMS206
void receive(void) {
  char line[64];
  take(line);
}
#pragma clang optimize on
