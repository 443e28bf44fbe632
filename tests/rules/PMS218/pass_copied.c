// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// oracle: canary receive kept gcc clang arm64-gcc arm64-clang

struct Name {
  char text[16];
};

void take(struct Name *name);
void receive(struct Name name);

void receive(struct Name name) {
  struct Name copy = name;
  take(&copy);
}
