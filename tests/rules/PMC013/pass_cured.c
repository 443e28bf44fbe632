// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <errno.h>
#include <unistd.h>

int has_read(int descriptor, char *byte);

int has_read(int descriptor, char *byte) {
  return TEMP_FAILURE_RETRY(read(descriptor, byte, 1)) == 1;
}
