// SPDX-License-Identifier: Apache-2.0

int first_of_four(int values[static 4]);
int use(void);

int use(void) {
  int values[4] = {1, 2, 3, 4};
  return first_of_four(values);
}
