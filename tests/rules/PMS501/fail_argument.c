// SPDX-License-Identifier: Apache-2.0

struct message {
  char text[20000];
};

int length(struct message message);

int length(struct message message) { return message.text[0]; }  // expect: PMS501
