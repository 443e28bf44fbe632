// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>

char *room_for(size_t length);

char *room_for(size_t length) {
  return malloc(length + 1);
}
