// SPDX-License-Identifier: Apache-2.0

void copy_bytes(char *destination, const char *source);
void keep(char *source, char *destination);

void keep(char *source, char *destination) {
  copy_bytes(destination, source);
}
