// SPDX-License-Identifier: Apache-2.0

#include <unistd.h>

int use(uid_t user);

int use(uid_t user) {
  if (setuid(user) != 0) return -1;
  return 0;
}
