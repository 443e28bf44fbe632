// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <fcntl.h>

int new_log(const char *path);

int new_log(const char *path) {
  return creat(path, 0600);  // expect: PMC002
}
