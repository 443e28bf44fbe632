// SPDX-License-Identifier: Apache-2.0

int *use(void);

int *use(void) {
  int value = 1;
  return &value;  // expect: PMW012 PMS111
}
