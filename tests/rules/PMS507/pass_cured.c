// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>
#include <string.h>

int log_in(const char *password);
int ask(void);

int ask(void) {
  char password[64];
  int result = -1;
  if (fgets(password, sizeof password, stdin) != NULL) result = log_in(password);
  explicit_bzero(password, sizeof password);
  return result;
}
