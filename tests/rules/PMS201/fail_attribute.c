// SPDX-License-Identifier: Apache-2.0

void take(char *text);

__attribute__((no_stack_protector)) void receive(void);  // expect: PMS201

void receive(void) {
  char line[64];
  take(line);
}
