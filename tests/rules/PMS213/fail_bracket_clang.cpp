// SPDX-License-Identifier: Apache-2.0
// oracle: zeroed receive lost clang arm64-clang kept gcc

void take(char* text);
extern "C" void receive();

void receive() {
  [[clang::uninitialized]] char line[64];  // expect: PMS213
  take(line);
}
