// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#pragma GCC diagnostic ignored "-Wunused"
void log_text(const char *text);

void log_text(const char *text) {
  printf("%s", text);
}
