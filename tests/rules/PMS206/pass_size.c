// SPDX-License-Identifier: Apache-2.0
// driver: gcc

void take(char *text);

__attribute__((optimize("Os"))) void receive(void);

void receive(void) {
  char line[64];
  take(line);
}
