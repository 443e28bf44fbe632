// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: entry receive lost gcc clang

int other(int value);

__attribute__((__nocf_check__)) int receive(int value);  // expect: PMS212

__attribute__((__nocf_check__)) int receive(int value) {  // expect: PMS212
  return other(value) + 1;
}
