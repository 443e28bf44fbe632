// SPDX-License-Identifier: Apache-2.0

#include <assert.h>
#include <stddef.h>
#include <string.h>

size_t length(const char *text);

size_t length(const char *text) {
  assert(text != NULL && strlen(text) <= 64);
  return strlen(text);
}
