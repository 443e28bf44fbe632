// SPDX-License-Identifier: Apache-2.0

int use(int x);

int use(int x) {
  if (x == 40) return 1 << x;  // expect: PMS120
  return 0;
}
