// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: canary receive lost gcc kept clang arm64-clang

void take(char* text);

struct Port {
  void receive();
};

__attribute__((optimize("no-stack-protector"))) void Port::receive() {  // expect: PMS202
  char line[64];
  take(line);
}
