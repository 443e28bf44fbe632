// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <stdio.h>

void show_port(unsigned offset);
void publish(const char *text);

void show_port(unsigned offset) {
  char text[4];
  sprintf(text, "%u", 1024 + (offset & 7));  // expect: PMG004
  publish(text);
}
