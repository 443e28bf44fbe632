// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

int open_file(const char *name);
int choose(void);

int choose(void) {
  char password_file[64];
  char key[64];
  if (fgets(password_file, sizeof password_file, stdin) == NULL) return -1;
  if (fgets(key, sizeof key, stdin) == NULL) return -1;
  return open_file(password_file) + open_file(key);
}
