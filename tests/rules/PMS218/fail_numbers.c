// SPDX-License-Identifier: Apache-2.0
// flags: -fno-stack-protector -fstack-protector
// expect-unit: PMF003
// oracle: canary receive lost gcc clang arm64-gcc arm64-clang

void take(int *numbers);
void receive(void);

void receive(void) {
  int numbers[16];  // expect: PMS218
  take(numbers);
}
