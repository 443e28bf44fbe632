// SPDX-License-Identifier: Apache-2.0

int check_password(const char *user, const char *text);
int login(const char *user, const char *text);

int login(const char *user, const char *text) { return check_password(user, text); }
