// SPDX-License-Identifier: Apache-2.0
// "error" takes nothing back.
// oracle: werror:format-security - kept gcc clang arm64-gcc arm64-clang

#include <stdio.h>

#pragma GCC diagnostic error "-Wformat-security"

void log_text(const char *text);

void log_text(const char *text) {
  printf(text);  // expect: PMW004
}
