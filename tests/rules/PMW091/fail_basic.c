// SPDX-License-Identifier: Apache-2.0
// flags: -Wall

int use(int x);

int use(int x) {
  int unused;  // expect: PMW091
  return x;
}
