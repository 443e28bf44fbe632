// SPDX-License-Identifier: Apache-2.0

#include <string.h>

struct login {
  const char *user, *password;
};

int may_enter(const char *password);
void fill(struct login *login);
struct login first(void);

int may_enter(const char *password) {
  return strcmp(password, "letmein99") == 0;  // expect: PMS412
}

void fill(struct login *login) {
  login->user = "admin";
  login->password = "letmein99";  // expect: PMS412
}

struct login first(void) {
  return (struct login){.user = "admin", .password = "letmein99"};  // expect: PMS412
}
