// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: canary receive lost gcc arm64-gcc kept clang arm64-clang

void take(int *numbers);

__attribute__((optimize("stack-protector"))) void receive(void);  // expect: PMS202

void receive(void) {
  int numbers[16];
  take(numbers);
}
