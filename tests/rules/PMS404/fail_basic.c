// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>
#include <sys/mman.h>

void *make_room(size_t size);

void *make_room(size_t size) {
  return mmap(NULL, size, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);  // expect: PMS404
}
