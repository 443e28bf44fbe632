// SPDX-License-Identifier: Apache-2.0
// #line and a marker without the flag hide nothing.
// oracle: werror:format-security - kept gcc clang arm64-gcc arm64-clang

#include <stdio.h>

#line 5 "gen.c"

void log_text(const char *text);

void log_text(const char *text) {
  printf(text);  // expect: PMW004
}
