// SPDX-License-Identifier: Apache-2.0
#include <stdint.h>

__attribute__((warn_unused_result)) int check(int value);
int receive(int value);
uintptr_t address_of(const char *text);

int receive(int value) {
  return check(value);
}

uintptr_t address_of(const char *text) {
  return (uintptr_t)text;
}
