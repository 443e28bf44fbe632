// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>
#include <unistd.h>

void become_user(uid_t user);

void become_user(uid_t user) {
  if (setuid(user) != 0) abort();
}
