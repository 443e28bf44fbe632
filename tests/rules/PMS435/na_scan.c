// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

int number(const char *text, int *used);

int number(const char *text, int *used) {
  int value = 0;
  return sscanf(text, "%d%n", &value, used) == 1 ? value : -1;
}
