// SPDX-License-Identifier: Apache-2.0
// expect-unit: PMT001
void each(const int *list, int count, void (*visit)(int));
int sum(const int *list, int count);

int sum(const int *list, int count) {
  int total = 0;
  void add(int value) { total += value; }  // expect: PMS403
  each(list, count, add);
  return total;
}
