// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <stdlib.h>

char *grow(char *text, const char *end, size_t size);

char *grow(char *text, const char *end, size_t size) {
  const long used = end - text;
  char *wider = realloc(text, size);
  if (wider != NULL) wider += used;
  return wider;
}
