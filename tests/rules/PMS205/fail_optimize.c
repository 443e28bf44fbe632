// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc
// oracle: canary receive lost gcc arm64-gcc kept clang arm64-clang

void take(char *text);
void receive(void);

static void parse(void) {
  char line[64];
  take(line);
}

__attribute__((optimize("no-stack-protector"))) void receive(void) {  // expect: PMS202
  parse();  // expect: PMS205
}
