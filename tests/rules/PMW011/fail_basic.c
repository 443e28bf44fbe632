// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

int use(int a, int b);

int use(int a, int b) {
  char text[4];
  sprintf(text, "%d.%d.%d", a, b, a);  // expect: PMW011
  return text[0];
}
