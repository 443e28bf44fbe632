// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc
// flags: -std=c2x
// oracle: canary receive lost gcc arm64-gcc kept clang arm64-clang

void take(char *text);

[[gnu::optimize("no-stack-protector")]] void receive(void);  // expect: PMS202

void receive(void) {
  char line[64];
  take(line);
}
