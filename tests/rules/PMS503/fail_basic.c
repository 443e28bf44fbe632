// SPDX-License-Identifier: Apache-2.0

struct value {
  struct value *first, *next;
};

int count(const struct value *value);

int count(const struct value *value) {  // expect: PMS503
  int sum = 1;
  for (const struct value *part = value->first; part != 0; part = part->next) sum += count(part);
  return sum;
}
