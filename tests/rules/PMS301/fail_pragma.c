// SPDX-License-Identifier: Apache-2.0
// oracle: werror:format-security - lost gcc clang arm64-gcc arm64-clang

#include <stdio.h>

#pragma GCC diagnostic ignored "-Wformat-security"  // expect: PMS301
void log_text(const char *text);

void log_text(const char *text) {
  printf(text);
}
