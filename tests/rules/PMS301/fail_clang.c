// SPDX-License-Identifier: Apache-2.0
// oracle: werror:format-security - lost clang arm64-clang kept gcc arm64-gcc

#include <stdio.h>

#pragma clang diagnostic ignored "-Wformat-security"  // expect: PMS301
void log_text(const char *text);

void log_text(const char *text) {
  printf(text);
}
