// SPDX-License-Identifier: Apache-2.0

int use(int x);

int use(int x) {
  if (x > 0) return 1;
  return 0;
}
