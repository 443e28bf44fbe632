// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// flags: -fcf-protection=none -mindirect-branch=thunk -mindirect-branch-register
// expect-unit: PMF005
// oracle: thunk receive lost gcc

extern int (*handler)(int value);

__attribute__((indirect_branch("keep"))) int receive(int value);  // expect: PMS212

int receive(int value) {
  return handler(value) + 1;
}
