// SPDX-License-Identifier: Apache-2.0

int depth(int n);

int depth(int n) {  // expect: PMC056
  return n <= 0 ? 0 : 1 + depth(n / 2);
}
