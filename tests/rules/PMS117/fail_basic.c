// SPDX-License-Identifier: Apache-2.0

#include <unistd.h>

void use(uid_t user);

void use(uid_t user) {
  setuid(user);  // expect: PMS117
}
