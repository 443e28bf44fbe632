// SPDX-License-Identifier: Apache-2.0

int use(void);

int use(void) {
  return 1 / 0;  // expect: PMW092 PMS110
}
