// SPDX-License-Identifier: Apache-2.0

void receive(char *buffer, unsigned long size);
void handle(void);

static void read_block(void) {
  char block[16000];
  receive(block, sizeof block);
}

static void read_record(void) {
  char record[16000];
  receive(record, sizeof record);
  read_block();
}

static void read_message(void) {
  char message[16000];
  receive(message, sizeof message);
  read_record();
}

static void read_all(void) {
  char all[16000];
  receive(all, sizeof all);
  read_message();
}

void handle(void) {  // expect: PMS502
  char buffer[16000];
  receive(buffer, sizeof buffer);
  read_all();
}
