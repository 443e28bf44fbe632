// SPDX-License-Identifier: Apache-2.0

int read_one(void);
int once(void);

int once(void) {
  int value = 0;
  do {
    value = read_one();
    if (value < 0) continue;  // expect: PMC045
    value++;
  } while (0);
  return value;
}
