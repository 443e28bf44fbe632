// SPDX-License-Identifier: Apache-2.0

#include <sys/inotify.h>

int new_watch(void);

int new_watch(void) {
  return inotify_init1(IN_CLOEXEC);
}
