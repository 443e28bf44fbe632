// SPDX-License-Identifier: Apache-2.0

#include <unistd.h>

void become_user(uid_t user);

void become_user(uid_t user) {
  (void)!user;
  setuid(user);  // expect: PMS410
}
