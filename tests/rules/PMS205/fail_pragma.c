// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: canary receive lost gcc arm64-gcc kept clang arm64-clang

void take(char *text);
void receive(void);

static void parse(void) {
  char line[64];
  take(line);
}

#pragma GCC optimize("no-stack-protector")  // expect: PMS203
void receive(void) {
  parse();  // expect: PMS205
}
