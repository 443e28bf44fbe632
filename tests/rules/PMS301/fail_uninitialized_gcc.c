// SPDX-License-Identifier: Apache-2.0
// GCC's name for what the policy lists as "uninitialized".
// driver: gcc

int pick(int which);

#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // expect: PMS301

int pick(int which) {
  return which + 1;
}
