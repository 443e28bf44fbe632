// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <stdlib.h>

char *grow(char *text, const char *end, size_t size);

char *grow(char *text, const char *end, size_t size) {
  char *wider = realloc(text, size);
  if (wider != NULL) wider += end - text;  // expect: PMG006
  return wider;
}
