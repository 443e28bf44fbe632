// SPDX-License-Identifier: Apache-2.0

int use(int x);

int use(int x) {
  return abs(x);  // expect: PMW001
}
