// SPDX-License-Identifier: Apache-2.0

#include <string.h>

char *first_word(char *line);

char *first_word(char *line) {
  return strtok(line, " ");  // expect: PMS429
}
