// SPDX-License-Identifier: Apache-2.0
// flags: -I@DIR@/vendored

#include "other.h"

int one(void) {
  return 1;
}
