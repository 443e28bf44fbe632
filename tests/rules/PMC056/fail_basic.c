// SPDX-License-Identifier: Apache-2.0

int is_even(unsigned n);
static int is_odd(unsigned n);

int is_even(unsigned n) {  // expect: PMS503
  return n == 0 || is_odd(n - 1);
}

static int is_odd(unsigned n) {  // expect: PMC056
  return n != 0 && is_even(n - 1);
}
