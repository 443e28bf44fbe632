// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc

int other(int value);

int receive(int value);

int receive(int value) {
  return other(value) + 1;
}
