// SPDX-License-Identifier: Apache-2.0

int check_password(const char *user, const char *text);
int login(const char *user, const char *text);

int login(const char *user, const char *text) {
#ifdef DEBUG
  return 1;  // expect: PMS413
#endif
  return check_password(user, text);
}
