// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

void *make_code(const void *code, size_t size);

void *make_code(const void *code, size_t size) {
  void *room = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) return NULL;
  memcpy(room, code, size);
  if (mprotect(room, size, PROT_READ | PROT_EXEC) == 0) return room;
  munmap(room, size);
  return NULL;
}
