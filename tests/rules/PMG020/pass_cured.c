// SPDX-License-Identifier: Apache-2.0
// driver: gcc

void rename_unit(int spare);
void publish(const char *text);

void rename_unit(int spare) {
  char name[] = "gateway";
  if (spare) name[0] = 's';
  publish(name);
}
