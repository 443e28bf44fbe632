// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>
#include <sys/mman.h>

#define ALL_RIGHTS (PROT_READ | PROT_WRITE | PROT_EXEC)

int open_up(void *page, size_t size, int harden);

int open_up(void *page, size_t size, int harden) {
  int rights = ALL_RIGHTS;
  if (harden) rights = PROT_READ;
  return mprotect(page, size, rights);  // expect: PMS404
}
