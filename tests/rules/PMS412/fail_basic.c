// SPDX-License-Identifier: Apache-2.0

const char *admin_password(void);

const char *admin_password(void) {
  static const char password[] = "gateway-4711";  // expect: PMS412
  return password;
}
