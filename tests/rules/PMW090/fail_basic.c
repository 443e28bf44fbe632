// SPDX-License-Identifier: Apache-2.0
// flags: -Wall -Werror

int use(int x);

int use(int x) {
  int unused;  // expect: PMW090
  return x;
}
