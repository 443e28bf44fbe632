// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// GCC ignores the attribute.

void take(char *text);

__attribute__((optnone)) void receive(void);

void receive(void) {
  char line[64];
  take(line);
}
