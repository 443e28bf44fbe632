// SPDX-License-Identifier: Apache-2.0
//
// Preloaded into the signer: a system where files without a name do not exist (SHIM_NAMED), and one where every read and
// write is interrupted once and then gives half of what was asked for (SHIM_SHORT).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

static int wanted(const char* name) {
  return getenv(name) != NULL;
}

int open(const char* path, int flags, ...) {
  static int (*real)(const char*, int, ...);
  if (real == NULL) real = (int (*)(const char*, int, ...))dlsym(RTLD_NEXT, "open");
  va_list rest;
  va_start(rest, flags);
  const int mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, int) : 0;
  va_end(rest);
  if ((flags & O_TMPFILE) == O_TMPFILE && wanted("SHIM_NAMED")) {
    errno = EOPNOTSUPP;
    return -1;
  }
  return real(path, flags, mode);
}

// The size to pass on, or 0 for "interrupted".
static size_t shortened(size_t size) {
  static int odd;
  if (!wanted("SHIM_SHORT")) return size;
  odd = !odd;
  return odd ? 0 : (size + 1) / 2;
}

ssize_t write(int fd, const void* data, size_t size) {
  static ssize_t (*real)(int, const void*, size_t);
  if (real == NULL) real = (ssize_t(*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write");
  const size_t part = shortened(size);
  if (part > 0 || size == 0) return real(fd, data, part);
  errno = EINTR;
  return -1;
}

ssize_t pread(int fd, void* data, size_t size, off_t offset) {
  static ssize_t (*real)(int, void*, size_t, off_t);
  if (real == NULL) real = (ssize_t(*)(int, void*, size_t, off_t))dlsym(RTLD_NEXT, "pread");
  const size_t part = shortened(size);
  if (part > 0 || size == 0) return real(fd, data, part, offset);
  errno = EINTR;
  return -1;
}
