// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// flags: -fcf-protection=none -mfunction-return=thunk
// expect-unit: PMF005
// oracle: thunk receive lost gcc

int other(int value);

__attribute__((function_return("keep"))) int receive(int value);  // expect: PMS212

int receive(int value) {
  return other(value) + 1;
}
