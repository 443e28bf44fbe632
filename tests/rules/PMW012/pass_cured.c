// SPDX-License-Identifier: Apache-2.0

int *use(void);

int *use(void) {
  static int value = 1;
  return &value;
}
