// SPDX-License-Identifier: Apache-2.0

void receive(char *buffer, unsigned long size);
void handle(void);

static void first(void) {
  char block[16000];
  receive(block, sizeof block);
}

static void second(void) {
  char block[15000];
  receive(block, sizeof block);
}

// Five calls, but never more than two functions at once.
void handle(void) {
  char buffer[16000];
  receive(buffer, sizeof buffer);
  first();
  second();
  first();
  second();
  first();
}
