// SPDX-License-Identifier: Apache-2.0
// oracle: canary receive kept gcc clang arm64-gcc arm64-clang

void take(char *text);
void receive(int size);

void receive(int size) {
  (void)size;
  char line[64];
  take(line);
}
