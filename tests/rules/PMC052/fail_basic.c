// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

void save(FILE *out, const char *text);

void save(FILE *out, const char *text) {
  fputs(text, out);  // expect: PMC052
}
