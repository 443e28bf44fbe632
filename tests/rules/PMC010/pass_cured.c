// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <fcntl.h>

int open_keys(const char *path);

int open_keys(const char *path) {
  return open(path, O_RDONLY | O_CLOEXEC);
}
