// SPDX-License-Identifier: Apache-2.0
// Without the pragma the error is there.
// oracle: werror:format-security - kept gcc clang arm64-gcc arm64-clang

#include <stdio.h>

void log_text(const char *text);

void log_text(const char *text) {
  printf(text);  // expect: PMW004
}
