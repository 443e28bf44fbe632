// SPDX-License-Identifier: Apache-2.0
// driver: gcc

#include <string.h>

char *pool_take(size_t size) __attribute__((alloc_size(1)));
char *new_name(void);

char *new_name(void) {
  char *text = pool_take(4);
  return strcpy(text, "gateway");  // expect: PMG001
}
