// SPDX-License-Identifier: Apache-2.0
char *strcpy(char *to, const char *from);

char line[16];
void receive(const char *text);

char *strcpy(char *to, const char *from) {
  char *at = to;
  while ((*at++ = *from++) != 0) {
  }
  return to;
}

void receive(const char *text) {
  strcpy(line, text);
}
