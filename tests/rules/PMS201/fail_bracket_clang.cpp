// SPDX-License-Identifier: Apache-2.0
// oracle: canary receive lost clang arm64-clang kept gcc

void take(char* text);

extern "C" [[clang::no_stack_protector]] void receive();  // expect: PMS201

void receive() {
  char line[64];
  take(line);
}
