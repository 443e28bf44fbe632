// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: canary receive lost gcc arm64-gcc kept clang arm64-clang

struct Name {
  char text[16];
};

void take(struct Name *name);
void receive(struct Name name);

void receive(struct Name name) {
  take(&name);  // expect: PMS218
}
