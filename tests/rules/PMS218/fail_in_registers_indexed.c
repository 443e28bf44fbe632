// SPDX-License-Identifier: Apache-2.0
// driver: aarch64-linux-gnu-gcc
// oracle: canary receive lost gcc arm64-gcc kept clang arm64-clang

struct Name {
  char text[16];
};

int letter(struct Name name, int at);
int receive(struct Name name, int at);

int receive(struct Name name, int at) {
  return name.text[at];  // expect: PMS218
}
