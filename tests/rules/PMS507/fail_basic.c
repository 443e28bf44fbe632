// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

int log_in(const char *password);
int ask(void);

int ask(void) {
  char password[64];  // expect: PMS507
  if (fgets(password, sizeof password, stdin) == NULL) return -1;
  return log_in(password);
}
