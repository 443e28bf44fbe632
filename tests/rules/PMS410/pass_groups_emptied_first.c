// SPDX-License-Identifier: Apache-2.0
// Root's groups are gone before the user's are added: without them the program has less, not more.

#define _GNU_SOURCE
#include <grp.h>
#include <stddef.h>
#include <unistd.h>

int become(const char *name, uid_t user, gid_t group);

int become(const char *name, uid_t user, gid_t group) {
  if (setgid(group) == -1) return -1;
  if (-1 == setgroups(0, NULL)) return -1;
  if (name != NULL) {
    initgroups(name, group);
  }
  return setuid(user);
}
