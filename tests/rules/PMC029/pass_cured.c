// SPDX-License-Identifier: Apache-2.0

#include <fcntl.h>

int reserve(int descriptor);

int reserve(int descriptor) {
  return posix_fallocate(descriptor, 0, 4096) != 0 ? -1 : 0;
}
