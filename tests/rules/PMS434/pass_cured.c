// SPDX-License-Identifier: Apache-2.0

#include <stdlib.h>
#include <unistd.h>

void drop(uid_t user);

void drop(uid_t user) {
  if (setuid(user) != 0) abort();
}
