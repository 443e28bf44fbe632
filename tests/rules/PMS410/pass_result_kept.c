// SPDX-License-Identifier: Apache-2.0

#include <unistd.h>

int become_user(uid_t user);

int become_user(uid_t user) {
  const int refused = setuid(user);
  return refused;
}
