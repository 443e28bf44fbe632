// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <sys/mman.h>

int new_buffer(void);

int new_buffer(void) {
  return memfd_create("frames", MFD_ALLOW_SEALING | MFD_CLOEXEC);
}
