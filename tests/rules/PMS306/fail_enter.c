// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: werror:format-security - lost gcc clang arm64-gcc arm64-clang

#include <stdio.h>

# 5 "gen.c" 1 3  // expect: PMS306
void log_text(const char *text);

void log_text(const char *text) {
  printf(text);
}
