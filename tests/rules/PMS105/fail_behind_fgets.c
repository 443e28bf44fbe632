// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>
#include <string.h>
#include <unistd.h>

int length_of(FILE *file);
char last(char *text);

int length_of(FILE *file) {
  char line[80];
  if (fgets(line, sizeof line, file) == NULL) return -1;
  const char *end = NULL;
  return line[0] + *end;  // expect: PMS105
}

char last(char *text) {
  char folder[80];
  if (getcwd(folder, sizeof folder) == NULL) return 0;
  const char *end = NULL;
  return text[0] == folder[0] ? 0 : *end;  // expect: PMS105
}
