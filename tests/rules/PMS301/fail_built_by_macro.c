// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: werror:format-security - lost gcc clang arm64-gcc arm64-clang

#include <stdio.h>

#define TEXT_OF(x) #x
#define QUIETLY(name) _Pragma(TEXT_OF(GCC diagnostic ignored name))

QUIETLY("-Wformat-security")  // expect: PMS301
void log_text(const char *text);

void log_text(const char *text) {
  printf(text);
}
