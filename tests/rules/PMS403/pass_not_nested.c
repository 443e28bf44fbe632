// SPDX-License-Identifier: Apache-2.0

#define EACH(list, count) for (int i = 0; i < (count); ++i)

int sum(const int *list, int count);

int sum(const int *list, int count) {
  int total = 0;
  EACH(list, count) { total += list[i]; }
  return total;
}
