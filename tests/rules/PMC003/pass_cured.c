// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <fcntl.h>
#include <unistd.h>

int copy_of(int descriptor);

int copy_of(int descriptor) {
  return fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
}
