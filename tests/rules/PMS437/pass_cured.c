// SPDX-License-Identifier: Apache-2.0

int check(int value);

int check(int value) {
  int passed = value > 4;
  return passed;
}
