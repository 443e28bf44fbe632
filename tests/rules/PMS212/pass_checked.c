// SPDX-License-Identifier: Apache-2.0
// oracle: entry receive kept gcc clang

int other(int value);

int receive(int value);

int receive(int value) {
  return other(value) + 1;
}
