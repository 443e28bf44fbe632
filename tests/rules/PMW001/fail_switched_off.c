// SPDX-License-Identifier: Apache-2.0
// flags: -Wno-implicit-function-declaration -w
// expect-unit: PMF014

int use(int x);

int use(int x) {
  return undeclared(x);  // expect: PMW001
}
