// SPDX-License-Identifier: Apache-2.0

int check(int value);

int check(int value) {
  int passed = value > 4;
  int pаssed = 1;  // expect: PMS437
  return pаssed + passed;  // expect: PMS437
}
