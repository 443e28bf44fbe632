// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

void use(const char *name);

void use(const char *name) {
  printf("%s", name);
}
