// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// flags: -std=gnu89
// oracle: fortify:strcpy receive lost gcc clang arm64-gcc arm64-clang

char line[16];
void receive(const char *text);

void receive(const char *text) {
  strcpy(line, text);  // expect: PMS209 PMW001 PMS409
}
