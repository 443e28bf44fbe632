// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: probes receive lost gcc kept clang

void take(char *text);

__attribute__((optimize("no-stack-clash-protection"))) void receive(void);  // expect: PMS202

void receive(void) {  // expect: PMS501
  char line[70000];
  take(line);
}
