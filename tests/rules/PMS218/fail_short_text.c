// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// flags: -fno-stack-protector -fstack-protector
// expect-unit: PMF003
// oracle: canary receive lost gcc clang arm64-gcc arm64-clang

struct Code {
  int kind;
  char text[4];
};

void take(struct Code *code);
void receive(void);

void receive(void) {
  struct Code code;  // expect: PMS218
  take(&code);
}
