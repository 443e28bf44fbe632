// SPDX-License-Identifier: Apache-2.0
// oracle: entry receive lost gcc clang

int other(int value);

__attribute__((nocf_check)) int receive(int value);  // expect: PMS212

__attribute__((nocf_check)) int receive(int value) {  // expect: PMS212
  return other(value) + 1;
}
