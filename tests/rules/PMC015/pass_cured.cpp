// SPDX-License-Identifier: Apache-2.0
// driver: clang++-19
// flags: -std=c++20

int is_open(bool *locked);

int is_open(bool *locked) {
  if (*locked) return 0;
  return 1;
}
