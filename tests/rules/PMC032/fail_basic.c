// SPDX-License-Identifier: Apache-2.0
// flags: -fsigned-char

#include <stdio.h>

int next(const char *text);

int next(const char *text) {
  const int c = *text;  // expect: PMC032
  return c == EOF ? -1 : c;
}
