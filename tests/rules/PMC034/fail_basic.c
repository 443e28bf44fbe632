// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>

#define LENGTH 16

size_t room(void);

size_t room(void) {
  return sizeof(LENGTH);  // expect: PMC034
}
