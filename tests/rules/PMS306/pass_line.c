// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

# 5 "gen.c"

void log_text(const char *text);

void log_text(const char *text) {
  printf("%s", text);
}
