// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <stddef.h>
#include <sys/mman.h>
#include <sys/shm.h>

void *attach(int id);
int open_up(void *page, size_t size, int key);

void *attach(int id) {
  return shmat(id, NULL, SHM_EXEC);  // expect: PMS404
}

int open_up(void *page, size_t size, int key) {
  return pkey_mprotect(page, size, PROT_WRITE | PROT_EXEC, key);  // expect: PMS404
}
