// SPDX-License-Identifier: Apache-2.0

int use(void);

int use(void) {
  int value = 0;
  return value;
}
