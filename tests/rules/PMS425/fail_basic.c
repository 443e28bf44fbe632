// SPDX-License-Identifier: Apache-2.0

extern char *gets(char *line);

void read_name(char *name);

void read_name(char *name) {
  gets(name);  // expect: PMS425 PMS209
}
