// SPDX-License-Identifier: Apache-2.0

int check_password(const char *user, const char *text);
void note(const char *text);
int login(const char *user, const char *text);
int start(void);

int login(const char *user, const char *text) {
#ifdef HAVE_GUESTS
  if (user[0] == 0) return 1;
#endif
#ifdef DEBUG
  note(user);
#endif
  return check_password(user, text);
}

int start(void) {
#ifdef DEBUG
  return 1;
#else
  return 0;
#endif
}
