// SPDX-License-Identifier: Apache-2.0

#include <unistd.h>

int take(int line);
int use(const char *text);

int take(int line) {
  char text[64];
  ssize_t length = read(line, text, sizeof text - 1);
  text[length] = 0;  // expect: PMS115
  return use(text);
}
