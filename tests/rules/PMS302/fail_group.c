// SPDX-License-Identifier: Apache-2.0
// oracle: werror:format-security - lost clang arm64-clang kept gcc arm64-gcc

#include <stdio.h>

#pragma GCC diagnostic warning "-Wformat"  // expect: PMS302
void log_text(const char *text);

void log_text(const char *text) {
  printf(text);  // expect: PMW004
}
