// SPDX-License-Identifier: Apache-2.0
// driver: gcc

void rename_unit(int spare);
void publish(const char *text);

void rename_unit(int spare) {
  char *name = (char *)"gateway";
  if (spare) name[0] = 's';  // expect: PMG020
  publish(name);
}
