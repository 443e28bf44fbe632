// SPDX-License-Identifier: Apache-2.0

long use(void);

long use(void) {
  long value = 1;
  long *p = &value;
  return *p;
}
