// SPDX-License-Identifier: Apache-2.0 // expect: PMS213
// flags: -ftrivial-auto-var-init-stop-after=1

void take(char *text, char *more);
void receive(void);

void receive(void) {
  char line[64];
  char more[64];
  take(line, more);
}
