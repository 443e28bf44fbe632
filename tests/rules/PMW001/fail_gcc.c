// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc

int use(int x);

int use(int x) {
  return undeclared(x);  // expect: PMW001
}
