// SPDX-License-Identifier: Apache-2.0

static const int table[3] = {1, 2, 3};

int use(int x);

int use(int x) {
  if (x == 3) return table[x];  // expect: PMS104
  return 0;
}
