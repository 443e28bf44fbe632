// SPDX-License-Identifier: Apache-2.0

static int *kept;

void use(void);

void use(void) {
  int value = 3;
  kept = &value;
}  // expect: PMS111
