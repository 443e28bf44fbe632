// SPDX-License-Identifier: Apache-2.0

char *use(int x);

char *use(int x) {
  char *p = x;  // expect: PMW002
  return p;
}
