// SPDX-License-Identifier: Apache-2.0

int is_even(unsigned n);

int is_even(unsigned n) {
  int even = 1;
  for (; n > 0; n--) even = !even;
  return even;
}
