// SPDX-License-Identifier: Apache-2.0

#include <sys/socket.h>

int next_client(int listener);

int next_client(int listener) {
  return accept(listener, 0, 0);  // expect: PMC001
}
