// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>
#include <sys/mman.h>

int open_up(void *page, size_t size, int harden);

int open_up(void *page, size_t size, int harden) {
  return mprotect(page, size, harden ? PROT_READ : PROT_WRITE | PROT_EXEC);  // expect: PMS404
}
