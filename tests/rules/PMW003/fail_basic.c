// SPDX-License-Identifier: Apache-2.0

int use(void);

int use(void) {
  long value = 1;
  int *p = &value;  // expect: PMW003
  return *p;
}
