// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

int run(const void *program, size_t size, char *const words[], char *const environment[]);

int run(const void *program, size_t size, char *const words[], char *const environment[]) {
  const int file = memfd_create("program", MFD_CLOEXEC);
  if (file < 0 || write(file, program, size) != (ssize_t)size) return -1;  // expect: PMS118
  return fexecve(file, words, environment);  // expect: PMS418
}
