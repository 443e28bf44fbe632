// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc
// oracle: entry receive kept arm64-gcc arm64-clang
// oracle: pac receive lost arm64-gcc arm64-clang

int other(int value);

__attribute__((target("branch-protection=bti"))) int receive(int value);  // expect: PMS211

int receive(int value) {
  return other(value) + 1;
}
