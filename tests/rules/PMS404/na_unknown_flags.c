// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>
#include <sys/mman.h>

int set_rights(void *page, size_t size, int rights);

int set_rights(void *page, size_t size, int rights) { return mprotect(page, size, rights); }
