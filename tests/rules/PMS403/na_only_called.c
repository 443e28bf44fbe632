// SPDX-License-Identifier: Apache-2.0
// expect-unit: PMT001

int twice(int value);

int twice(int value) {
  int add(int more) { return value + more; }
  return add(value);  // expect: PMW001
}
