// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

int read_host(const char *line, char *host);

int read_host(const char *line, char *host) {
  return sscanf(line, "host=%s", host);  // expect: PMS426
}
