// SPDX-License-Identifier: Apache-2.0

int in_range(int low, int value, int high);

int in_range(int low, int value, int high) {
  return low <= value <= high;  // expect: PMC016
}
