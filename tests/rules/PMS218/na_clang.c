// SPDX-License-Identifier: Apache-2.0
// Clang gives the function a canary.
// oracle: canary receive kept clang arm64-clang

struct Name {
  char text[16];
};

void take(struct Name *name);
void receive(struct Name name);

void receive(struct Name name) {
  take(&name);
}
