// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <stddef.h>
#include <sys/mman.h>

void *map_window(void);

void *map_window(void) { return mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }
