// SPDX-License-Identifier: Apache-2.0

#include <errno.h>
#include <stdlib.h>

int port(const char *text);

int port(const char *text) {
  char *end;
  errno = 0;
  const long number = strtol(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || number < 1 || number > 65535) return -1;
  return (int)number;
}
