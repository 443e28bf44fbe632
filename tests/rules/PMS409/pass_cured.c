// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>
#include <stdio.h>

int set_name(char *name, size_t size, const char *from);

int set_name(char *name, size_t size, const char *from) {
  const int length = snprintf(name, size, "%s", from);
  return length >= 0 && (size_t)length < size ? 0 : -1;
}
