// SPDX-License-Identifier: Apache-2.0

void each(const int *list, int count, void (*visit)(int, void *), void *argument);
int sum(const int *list, int count);

static void add(int value, void *total) { *(int *)total += value; }

int sum(const int *list, int count) {
  int total = 0;
  each(list, count, add, &total);
  return total;
}
