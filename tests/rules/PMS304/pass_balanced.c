// SPDX-License-Identifier: Apache-2.0
#include "balanced.h"

int one(void) {
  return 1;
}
