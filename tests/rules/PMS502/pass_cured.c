// SPDX-License-Identifier: Apache-2.0

void receive(char *buffer, unsigned long size);
void handle(void);

static void read_block(char *buffer, unsigned long size) { receive(buffer, size); }

static void read_record(char *buffer, unsigned long size) {
  receive(buffer, size);
  read_block(buffer, size);
}

static void read_message(char *buffer, unsigned long size) {
  receive(buffer, size);
  read_record(buffer, size);
}

void handle(void) {
  char buffer[16000];
  receive(buffer, sizeof buffer);
  read_message(buffer, sizeof buffer);
}
