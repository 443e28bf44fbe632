// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

void show(const char *format, int value);

void show(const char *format, int value) {
  printf(format, value);  // expect: PMS436
}
