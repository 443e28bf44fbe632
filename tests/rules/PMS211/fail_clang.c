// SPDX-License-Identifier: Apache-2.0
// flags: --target=aarch64-linux-gnu -mbranch-protection=standard
// oracle: entry receive lost arm64-gcc arm64-clang

int other(int value);

__attribute__((target("branch-protection=none"))) int receive(int value);  // expect: PMS211

int receive(int value) {
  return other(value) + 1;
}
