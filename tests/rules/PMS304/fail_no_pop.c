// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// expect-header: 3 PMS304 PMS301
// oracle: werror:format-security - lost gcc clang arm64-gcc arm64-clang

#include <stdio.h>
#include "unclosed.h"

void log_text(const char *text);

void log_text(const char *text) {
  printf(text);
}
