// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>
#include <string.h>

char *copy(const char *text);

char *copy(const char *text) {
  char *made = malloc(strlen(text) + 1);
  if (made != NULL) memcpy(made, text, strlen(text) + 1);
  return made;
}
