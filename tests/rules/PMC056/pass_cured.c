// SPDX-License-Identifier: Apache-2.0

int depth(int n);

int depth(int n) {
  int steps = 0;
  for (; n > 0; n /= 2) steps++;
  return steps;
}
