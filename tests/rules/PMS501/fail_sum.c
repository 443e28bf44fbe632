// SPDX-License-Identifier: Apache-2.0

void receive(char *buffer, unsigned long size);
void send(const char *buffer, unsigned long size);
void handle(int again);

void handle(int again) {  // expect: PMS501
  char message[10000];
  receive(message, sizeof message);
  if (again) {
    char answer[10000];
    receive(answer, sizeof answer);
    send(answer, sizeof answer);
  }
  send(message, sizeof message);
}
