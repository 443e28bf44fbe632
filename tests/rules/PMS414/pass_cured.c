// SPDX-License-Identifier: Apache-2.0

int may_enter(int is_admin);

int may_enter(int is_admin) {
  if (!is_admin) return 0;
  return is_admin;
}
