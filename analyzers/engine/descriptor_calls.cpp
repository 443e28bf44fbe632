// SPDX-License-Identifier: Apache-2.0
//
// The tables; see descriptor_calls.h.
#include "engine/descriptor_calls.h"

#include <algorithm>

namespace proofmark::analyze {
namespace {

constexpr signed char kFirst[] = {0}, kSecond[] = {1}, kThird[] = {2}, kFourth[] = {3}, kFifth[] = {4}, kTwo[] = {0, 1},
                      kFirstAndThird[] = {0, 2};

constexpr std::string_view kOpening[] = {
    "open",          "open64",         "openat",        "openat64",      "creat",        "creat64",  "socket",
    "accept",        "accept4",        "dup",           "eventfd",       "epoll_create", "signalfd", "inotify_init",
    "inotify_init1", "timerfd_create", "mkstemp",       "epoll_create1", "mkstemp64",    "mkostemp", "mkostemp64",
    "memfd_create",  "pidfd_open",     "fanotify_init", "shm_open",      "posix_openpt",
};

constexpr std::string_view kUsingFirst[] = {
    "__fdelt_chk",
    "__fdelt_warn",
    "accept",
    "accept4",
    "bind",
    "connect",
    "dprintf",
    "dup",
    "dup2",
    "dup3",
    "epoll_ctl",
    "epoll_pwait",
    "epoll_wait",
    "eventfd_read",
    "eventfd_write",
    "fallocate",
    "fallocate64",
    "fchdir",
    "fchmod",
    "fchown",
    "fdatasync",
    "fgetxattr",
    "flistxattr",
    "fremovexattr",
    "fsetxattr",
    "fstat",
    "fstat64",
    "fstatat",
    "fstatat64",
    "fstatfs",
    "fstatvfs",
    "fsync",
    "ftruncate",
    "ftruncate64",
    "futimens",
    "futimes",
    "getdents64",
    "getpeername",
    "getsockname",
    "getsockopt",
    "ioctl",
    "isatty",
    "linkat",
    "listen",
    "lseek",
    "lseek64",
    "mkdirat",
    "openat",
    "openat64",
    "inotify_add_watch",
    "posix_fadvise",
    "posix_fallocate",
    "pread",
    "pread64",
    "preadv",
    "pwrite",
    "pwrite64",
    "pwritev",
    "read",
    "inotify_rm_watch",
    "readahead",
    "readlinkat",
    "readv",
    "recv",
    "recvfrom",
    "recvmmsg",
    "recvmsg",
    "renameat",
    "send",
    "sendmmsg",
    "sendmsg",
    "sendto",
    "setsockopt",
    "shutdown",
    "sockatmark",
    "symlinkat",
    "syncfs",
    "tcdrain",
    "tcflow",
    "tcflush",
    "tcgetattr",
    "tcsendbreak",
    "tcsetattr",
    "timerfd_gettime",
    "timerfd_settime",
    "unlinkat",
    "utimensat",
    "vdprintf",
    "write",
    "writev",
};

constexpr std::string_view kStreamFirst[] = {
    "clearerr", "feof",    "ferror",   "fflush",  "fgetc", "fgetpos",    "fileno", "fprintf",
    "fscanf",   "fseek",   "fseeko",   "fsetpos", "ftell", "ftello",     "getc",   "rewind",
    "setbuf",   "setvbuf", "vfprintf", "vfscanf", "getw",  "setlinebuf",
};
constexpr std::string_view kStreamSecond[] = {"fputc", "fputs", "putc", "ungetc", "fputwc", "putw"};

template <size_t size>
bool is_one_of(const std::string_view (&names)[size], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

bool opens_descriptor(std::string_view function) {
  return is_one_of(kOpening, function);
}

int opens_pair(std::string_view function) {
  if (function == "pipe" || function == "pipe2") return 0;
  return function == "socketpair" ? 3 : -1;
}

std::span<const signed char> borrowed_arguments(std::string_view function) {
  if (function == "sendfile" || function == "sendfile64") return kTwo;
  if (function == "splice" || function == "copy_file_range") return kFirstAndThird;
  if (function == "fgets" || function == "getline") return kThird;
  if (function == "fread" || function == "fwrite" || function == "getdelim") return kFourth;
  if (function == "mmap" || function == "mmap64") return kFifth;
  if (is_one_of(kStreamSecond, function)) return kSecond;
  if (is_one_of(kUsingFirst, function) || is_one_of(kStreamFirst, function)) return kFirst;
  return {};
}

bool closes_descriptor(std::string_view function) {
  return function == "close";
}

bool closes_stream(std::string_view function) {
  return function == "fclose" || function == "pclose";
}

bool opens_stream(std::string_view function) {
  return function == "fopen" || function == "fopen64" || function == "fdopen" || function == "tmpfile" ||
         function == "popen" || function == "freopen" || function == "tmpfile64" || function == "freopen64";
}

}  // namespace proofmark::analyze
