// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: entry receive kept gcc clang

int other(int value);

__attribute__((target("sse4.2"))) int receive(int value);

int receive(int value) {
  return other(value) + 1;
}
