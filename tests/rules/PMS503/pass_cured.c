// SPDX-License-Identifier: Apache-2.0

struct value {
  struct value *first, *next, *parent;
};

int count(const struct value *value);

int count(const struct value *value) {
  int sum = 1;
  for (const struct value *at = value; at != 0;) {
    if (at->first != 0) {
      at = at->first;
    } else {
      while (at != value && at->next == 0) at = at->parent;
      at = at == value ? 0 : at->next;
    }
    sum += at != 0;
  }
  return sum;
}
