// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

void *map_window(void);

void *map_window(void) {
  void *const place = (void *)(uintptr_t)0x40000000;
  return mmap(place, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);  // expect: PMS417
}
