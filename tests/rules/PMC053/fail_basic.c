// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

int port(const char *text);

int port(const char *text) {
  return atoi(text);  // expect: PMC053
}
