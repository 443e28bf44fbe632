// SPDX-License-Identifier: Apache-2.0
// flags: -nostdinc

void take(char *text);
void receive(void);

void receive(void) {
  char line[64];
  take(line);
}
