// SPDX-License-Identifier: Apache-2.0

void receive(char *buffer, unsigned long size);
void handle(void);

void handle(void) {  // expect: PMS501
  char message[20000];
  receive(message, sizeof message);
}
