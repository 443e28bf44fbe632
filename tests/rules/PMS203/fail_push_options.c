// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc
// oracle: canary receive lost gcc arm64-gcc kept clang arm64-clang
// oracle: canary send kept gcc arm64-gcc clang arm64-clang

void take(char *text);
void receive(void);
void send(void);

#pragma GCC push_options
#pragma GCC optimize "-fno-stack-protector"  // expect: PMS203
void receive(void) {
  char line[64];
  take(line);
}
#pragma GCC pop_options

void send(void) {
  char line[64];
  take(line);
}
