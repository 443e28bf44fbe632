// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

int save(FILE *out, const char *text);

int save(FILE *out, const char *text) {
  return fputs(text, out) < 0 ? -1 : 0;
}
