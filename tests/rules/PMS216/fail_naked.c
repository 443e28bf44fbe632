// SPDX-License-Identifier: Apache-2.0
// flags: --target=aarch64-linux-gnu -mbranch-protection=standard
// oracle: pac receive lost arm64-clang

int other(int value);

__attribute__((naked)) int receive(int value);  // expect: PMS216

int receive(int value) {
  __asm__("b other");
}
