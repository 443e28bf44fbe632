// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

char *room_for(size_t length);

char *room_for(size_t length) {
  return (char *)malloc(length) + 1;  // expect: PMC025
}
