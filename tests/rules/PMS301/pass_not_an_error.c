// SPDX-License-Identifier: Apache-2.0

#pragma GCC diagnostic ignored "-Wpadded"

int one(void);

int one(void) {
  return 1;
}
