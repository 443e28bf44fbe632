// SPDX-License-Identifier: Apache-2.0

#include <string.h>

void set_name(char *name, const char *from);

void set_name(char *name, const char *from) {
  strcpy(name, from);  // expect: PMS409
}
