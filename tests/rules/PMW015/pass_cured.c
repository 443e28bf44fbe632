// SPDX-License-Identifier: Apache-2.0

int use(int i);

int use(int i) {
  i = i + 1;
  return i;
}
