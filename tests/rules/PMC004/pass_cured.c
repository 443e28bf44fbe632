// SPDX-License-Identifier: Apache-2.0

#include <sys/epoll.h>

int new_loop(void);

int new_loop(void) {
  return epoll_create1(EPOLL_CLOEXEC);
}
