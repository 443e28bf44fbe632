// SPDX-License-Identifier: Apache-2.0

int use(int x);

int use(int x) {
  int value[2];
  if (x > 0) value[0] = 1;
  return value[0] + 1;  // expect: PMS109
}
