// SPDX-License-Identifier: Apache-2.0

int may_enter(int is_admin);

int may_enter(int is_admin) {
  /*‮ } ⁦if (is_admin)⁩ ⁦ begin */  // expect: PMS414
  return is_admin;
}
