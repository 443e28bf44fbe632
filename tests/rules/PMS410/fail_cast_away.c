// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <grp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <unistd.h>

void drop(gid_t group, int all);

void drop(gid_t group, int all) {
  if (all) (void)setgroups(0, NULL);  // expect: PMS410
  (void)setresgid(group, group, group), pause();  // expect: PMS410
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);  // expect: PMS410
}
