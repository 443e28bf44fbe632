// SPDX-License-Identifier: Apache-2.0

void receive(char *buffer, unsigned long size);
void handle(int kind);

// Never both at once: compilers give them the same place.
void handle(int kind) {
  if (kind == 1) {
    char message[10000];
    receive(message, sizeof message);
  } else {
    char answer[10000];
    receive(answer, sizeof answer);
  }
}
