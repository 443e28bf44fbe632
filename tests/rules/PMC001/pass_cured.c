// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <sys/socket.h>

int next_client(int listener);

int next_client(int listener) {
  return accept4(listener, 0, 0, SOCK_CLOEXEC);
}
