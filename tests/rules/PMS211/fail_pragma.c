// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc
// oracle: pac receive lost arm64-gcc kept arm64-clang

int other(int value);
int receive(int value);

#pragma GCC push_options
#pragma GCC target("branch-protection=none")  // expect: PMS211
int receive(int value) {
  return other(value) + 1;
}
#pragma GCC pop_options
