// SPDX-License-Identifier: Apache-2.0

#include <wordexp.h>

int expand(const char *text, wordexp_t *words);

int expand(const char *text, wordexp_t *words) {
  return wordexp(text, words, 0);  // expect: PMS408
}
