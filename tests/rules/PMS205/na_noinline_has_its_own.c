// SPDX-License-Identifier: Apache-2.0
// The helper keeps its canary; only the other finding is left.
// oracle: canary parse kept gcc clang arm64-gcc arm64-clang

void take(char *text);
void receive(void);

static __attribute__((noinline)) void parse(void) {
  char line[64];
  take(line);
}

__attribute__((no_stack_protector)) void receive(void) {  // expect: PMS201
  parse();
}
