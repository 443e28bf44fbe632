// SPDX-License-Identifier: Apache-2.0

static int table[3];

void use(int x);

void use(int x) {
  if (x == 3) table[x] = 1;  // expect: PMS103
}
