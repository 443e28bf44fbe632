// SPDX-License-Identifier: Apache-2.0

static int *kept;

void use(void);

void use(void) {
  static int value = 3;
  kept = &value;
}

int again(void);

int again(void) { return *kept; }
