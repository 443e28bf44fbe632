// SPDX-License-Identifier: Apache-2.0

#include <stdio.h>

FILE *open_keys(const char *path);

FILE *open_keys(const char *path) {
  return fopen(path, "re");
}
