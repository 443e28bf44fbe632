// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: canary receive lost gcc arm64-gcc kept clang arm64-clang

#define TEXT_OF(x) #x
#define OPTIONS(list) _Pragma(TEXT_OF(GCC optimize(list)))

void take(char *text);
void receive(void);

OPTIONS("no-stack-protector")  // expect: PMS203

void receive(void) {
  char line[64];
  take(line);
}
