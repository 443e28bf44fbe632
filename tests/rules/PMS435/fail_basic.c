// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

int print_name(const char *name);

int print_name(const char *name) {
  int length = 0;
  printf("%s%n\n", name, &length);  // expect: PMS435
  return length;
}
