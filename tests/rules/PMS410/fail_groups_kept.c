// SPDX-License-Identifier: Apache-2.0
// Where nothing has emptied the list before, the program keeps root's groups when initgroups fails.

#define _GNU_SOURCE
#include <grp.h>
#include <stddef.h>
#include <unistd.h>

int become(const char *name, uid_t user, gid_t group);
int become_later(const char *name, gid_t group);

int become(const char *name, uid_t user, gid_t group) {
  if (setgid(group) == -1) return -1;
  initgroups(name, group);  // expect: PMS410
  return setuid(user);
}

int become_later(const char *name, gid_t group) {
  const gid_t root = 0;
  if (setgroups(1, &root) == -1) return -1;
  initgroups(name, group);  // expect: PMS410
  return setgroups(0, NULL);
}
