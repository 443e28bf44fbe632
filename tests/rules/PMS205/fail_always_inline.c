// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: canary receive lost gcc clang arm64-gcc arm64-clang

void take(char *text);
void receive(void);

static inline __attribute__((always_inline)) void parse(void) {
  char line[64];
  take(line);
}

__attribute__((no_stack_protector)) void receive(void) {  // expect: PMS201
  parse();  // expect: PMS205
}
