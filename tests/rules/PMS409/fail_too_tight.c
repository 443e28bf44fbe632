// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

void show(int port);

void show(int port) {
  char text[8];
  sprintf(text, "%d", port);  // expect: PMS409
  puts(text);
}
