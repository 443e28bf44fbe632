// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

int use(int a, int b);

int use(int a, int b) {
  char text[40];
  snprintf(text, sizeof text, "%d.%d.%d", a, b, a);
  return text[0];
}
