// SPDX-License-Identifier: Apache-2.0
// flags: -fno-stack-protector -fstack-protector
// expect-unit: PMF003
// oracle: canary receive kept gcc clang arm64-gcc arm64-clang

void take(char *text, int *numbers);
void receive(void);

void receive(void) {
  char line[8];
  int numbers[16];
  take(line, numbers);
}
