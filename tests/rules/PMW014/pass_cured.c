// SPDX-License-Identifier: Apache-2.0

#include <string.h>

void use(long *key);

void use(long *key) {
  memset(key, 0, sizeof(*key));
}
