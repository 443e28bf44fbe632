// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>
#include <string.h>

char *copy(const char *text);

char *copy(const char *text) {
  char *made = malloc(strlen(text));
  if (made != NULL) memcpy(made, text, strlen(text));  // expect: PMC028
  return made;
}
