// SPDX-License-Identifier: Apache-2.0
//
// See kernel.h. Structures and numbers come from the kernel's own headers.
#include "kernel.h"

#include <asm/fcntl.h>
#include <asm/ioctl.h>
#include <asm/mman.h>
#include <asm/statfs.h>
#include <asm/unistd.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/fsverity.h>
#include <linux/magic.h>
#include <linux/memfd.h>
#include <linux/mman.h>
#include <linux/prctl.h>
#include <linux/resource.h>
#include <linux/stat.h>

#include "arch.h"
#include "text.h"

namespace proofmark::linux_exec {
namespace {

long as_long(const void* pointer) {
  return reinterpret_cast<long>(pointer);
}

constexpr long kSealExec = 0x20;  // F_SEAL_EXEC, Linux 6.3
constexpr long kSeals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
constexpr int kMostDescriptors = 1 << 20;

// Before Linux 5.9 there is no close_range(); then every number below the limit is tried.
long close_one_by_one(int first) {
  struct rlimit64 limit = {};
  const long code = system_call(__NR_prlimit64, 0, RLIMIT_NOFILE, 0, as_long(&limit));
  if (code < 0) return code;
  const int last = limit.rlim_cur < kMostDescriptors ? static_cast<int>(limit.rlim_cur) : kMostDescriptors;
  for (int descriptor = first; descriptor < last; ++descriptor) system_call(__NR_close, descriptor);
  return 0;
}

// Others that answer FS_IOC_MEASURE_VERITY (FUSE hands it to a process) may say what they like.
bool is_on_verity_file_system(int descriptor) {
  struct statfs status = {};
  if (system_call(__NR_fstatfs, descriptor, as_long(&status)) != 0) return false;
  return status.f_type == EXT4_SUPER_MAGIC || status.f_type == F2FS_SUPER_MAGIC || status.f_type == BTRFS_SUPER_MAGIC;
}

}  // namespace

const char kEmptyPath[1] = {};

void exit_program(int code) {
  for (;;) system_call(__NR_exit_group, code);
}

// O_NONBLOCK: a FIFO or a device in the place of the file must not make us wait. O_NOCTTY: nor become our terminal.
long open_read_only(const char* path) {
  return system_call(__NR_openat, AT_FDCWD, as_long(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

bool is_proc_mounted() {
  struct statfs status = {};
  return system_call(__NR_statfs, as_long("/proc/self/fd"), as_long(&status)) == 0 && status.f_type == PROC_SUPER_MAGIC;
}

void write_descriptor_path(int descriptor, char path[32]) {
  constexpr char kPrefix[] = "/proc/self/fd/";
  __builtin_memcpy(path, kPrefix, sizeof kPrefix - 1);
  *append_number(path + sizeof kPrefix - 1, static_cast<unsigned>(descriptor)) = '\0';
}

long get_status(int descriptor, FileStatus* status) {
  struct statx found = {};
  const long code = system_call(__NR_statx, descriptor, as_long(""), AT_EMPTY_PATH,
                                STATX_TYPE | STATX_MODE | STATX_SIZE, as_long(&found));
  status->is_regular = (found.stx_mode & S_IFMT) == S_IFREG;
  status->mode = found.stx_mode & 07777u;
  status->size = found.stx_size;
  return code;
}

long measure_guarded(int descriptor, uint8_t digest[32]) {
  constexpr uint16_t kSize = 32;
  alignas(fsverity_digest) uint8_t memory[sizeof(fsverity_digest) + kSize] = {};
  auto* measured = reinterpret_cast<fsverity_digest*>(memory);
  measured->digest_size = kSize;
  const long code = system_call(__NR_ioctl, descriptor, FS_IOC_MEASURE_VERITY, as_long(measured));
  if (code < 0) return code;
  const bool is_known = measured->digest_algorithm == FS_VERITY_HASH_ALG_SHA256 && measured->digest_size == kSize;
  if (!is_known || !is_on_verity_file_system(descriptor)) return -EINVAL;
  __builtin_memcpy(digest, memory + sizeof(fsverity_digest), kSize);
  return 0;
}

bool has_capabilities(int descriptor) {
  return system_call(__NR_fgetxattr, descriptor, as_long("security.capability"), 0, 0) >= 0;
}

bool is_there(const char* path) {
  return system_call(__NR_faccessat, AT_FDCWD, as_long(path), 0) == 0;
}

bool is_memory_limited() {
  constexpr int kResources[] = {RLIMIT_AS, RLIMIT_DATA};
  for (const int resource : kResources) {
    struct rlimit64 limit = {};
    if (system_call(__NR_prlimit64, 0, resource, 0, as_long(&limit)) < 0) return true;
    if (limit.rlim_cur != RLIM64_INFINITY) return true;
  }
  return false;
}

bool map_executable(int descriptor, uint64_t size) {
  return map_memory(static_cast<long>(size), PROT_READ | PROT_EXEC, MAP_PRIVATE, descriptor) > 0;
}

void keep_open(int descriptor) {
  system_call(__NR_fcntl, descriptor, F_SETFD, 0);
}

long read_at(int descriptor, void* buffer, size_t size, uint64_t offset) {
  return system_call(__NR_pread64, descriptor, as_long(buffer), static_cast<long>(size), static_cast<long>(offset));
}

long write_at(int descriptor, const void* buffer, size_t size, uint64_t offset) {
  return system_call(__NR_pwrite64, descriptor, as_long(buffer), static_cast<long>(size), static_cast<long>(offset));
}

bool read_fully(int descriptor, void* buffer, size_t size, uint64_t offset) {
  auto* target = static_cast<uint8_t*>(buffer);
  for (size_t done = 0; done < size;) {
    const long count = read_at(descriptor, target + done, size - done, offset + done);
    if (count <= 0) return false;
    done += static_cast<size_t>(count);
  }
  return true;
}

bool write_fully(int descriptor, const void* buffer, size_t size, uint64_t offset) {
  const auto* source = static_cast<const uint8_t*>(buffer);
  for (size_t done = 0; done < size;) {
    const long count = write_at(descriptor, source + done, size - done, offset + done);
    if (count <= 0) return false;
    done += static_cast<size_t>(count);
  }
  return true;
}

long write_all(int descriptor, const char* text, size_t size) {
  while (size > 0) {
    const long written = system_call(__NR_write, descriptor, as_long(text), static_cast<long>(size));
    if (written <= 0) return written;
    text += written;
    size -= static_cast<size_t>(written);
  }
  return 0;
}

long protect_read_only(uintptr_t address, size_t size) {
  return system_call(__NR_mprotect, static_cast<long>(address), static_cast<long>(size), PROT_READ);
}

// MFD_EXEC states the intent since Linux 6.3, where a policy may make memory files not executable; older kernels refuse
// the unknown flag.
long create_memory_file(const char* name) {
  const long descriptor = system_call(__NR_memfd_create, as_long(name), MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);
  if (descriptor != -EINVAL) return descriptor;
  return system_call(__NR_memfd_create, as_long(name), MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

bool resize(int descriptor, uint64_t size) {
  return system_call(__NR_ftruncate, descriptor, static_cast<long>(size)) == 0;
}

long seal(int descriptor) {
  const long code = system_call(__NR_fcntl, descriptor, F_ADD_SEALS, kSeals | kSealExec);
  if (code != -EINVAL) return code;
  return system_call(__NR_fcntl, descriptor, F_ADD_SEALS, kSeals);
}

long close_descriptors_from(int first) {
  const long code = system_call(__NR_close_range, first, static_cast<long>(~0u), 0);
  return code == -ENOSYS ? close_one_by_one(first) : code;
}

long forbid_attaching() {
  return system_call(__NR_prctl, PR_SET_DUMPABLE, 0);
}

long forbid_new_privileges() {
  return system_call(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1);
}

bool is_root() {
  return system_call(__NR_geteuid) == 0;
}

// Without execveat() the descriptor is named by its link in /proc, provided that it is the real one.
long execute(int descriptor, char* const* arguments, char* const* environment) {
  const long code = system_call(__NR_execveat, descriptor, as_long(kEmptyPath), as_long(arguments),
                                as_long(environment), AT_EMPTY_PATH);
  if (code != -ENOSYS || !is_proc_mounted()) return code;
  char path[32];
  write_descriptor_path(descriptor, path);
  return system_call(__NR_execve, as_long(path), as_long(arguments), as_long(environment));
}

}  // namespace proofmark::linux_exec
