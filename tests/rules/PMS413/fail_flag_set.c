// SPDX-License-Identifier: Apache-2.0
// flags: -DFACTORY_TEST

int check_password(const char *user, const char *text);
int verify_user(const char *user, const char *text);

int verify_user(const char *user, const char *text) {
  int authenticated = check_password(user, text);
#if defined(FACTORY_TEST)
  authenticated = 1;  // expect: PMS413
#else
  if (user[0] == 0) return 0;
#endif
  return authenticated;
}
