// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc
// oracle: entry receive kept arm64-gcc arm64-clang
// oracle: pac receive kept arm64-gcc arm64-clang

int other(int value);

__attribute__((target("+crc"))) int receive(int value);

int receive(int value) {
  return other(value) + 1;
}
