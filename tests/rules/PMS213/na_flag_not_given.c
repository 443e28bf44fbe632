// SPDX-License-Identifier: Apache-2.0
// flags: -ftrivial-auto-var-init=uninitialized
// expect-unit: PMF007

void take(char *text);
void receive(void);

void receive(void) {
  __attribute__((uninitialized)) char line[64];
  take(line);
}
