// SPDX-License-Identifier: Apache-2.0

#include <string.h>

struct account {
  char password[32];
};

int may_enter(const struct account *account, const char *given);

int may_enter(const struct account *account, const char *given) {
  return strcmp(account->password, given) == 0;  // expect: PMS433
}
