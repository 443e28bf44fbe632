// SPDX-License-Identifier: Apache-2.0
//
// The system calls that a device program needs, under plain names. Each returns what the kernel returns: a value that is
// not negative, or -errno.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace proofmark::linux_exec {

// The smallest page of both architectures; protecting by it is right for larger pages too, because the linker aligns
// read-only data to the largest.
constexpr uintptr_t kPageSize = 4096;

struct FileStatus {
  bool is_regular;
  uint32_t mode;  // permissions with set-user-ID and set-group-ID bit
  uint64_t size;  // bytes
};

[[noreturn]] void exit_program(int code);
[[nodiscard]] long open_read_only(const char* path);
[[nodiscard]] long get_status(int descriptor, FileStatus* status);
[[nodiscard]] bool is_there(const char* path);
// Address space or data of this process are limited.
[[nodiscard]] bool is_memory_limited();
// Maps the whole file as a library is mapped, and leaves it so. False when the kernel refuses.
[[nodiscard]] bool map_executable(int descriptor, uint64_t size);
// execve does not close this descriptor.
void keep_open(int descriptor);

// 0: fs-verity keeps the content of the file from changing for ever, on a file system that is part of the kernel; stores the
// SHA-256 digest by which it does. Negative: it does not, or by another digest.
[[nodiscard]] long measure_guarded(int descriptor, uint8_t digest[32]);
// The file has capabilities of its own, which the kernel gives to whoever executes it.
[[nodiscard]] bool has_capabilities(int descriptor);
[[nodiscard]] long read_at(int descriptor, void* buffer, size_t size, uint64_t offset);
[[nodiscard]] long write_at(int descriptor, const void* buffer, size_t size, uint64_t offset);
// All of it, or false.
[[nodiscard]] bool read_fully(int descriptor, void* buffer, size_t size, uint64_t offset);
[[nodiscard]] bool write_fully(int descriptor, const void* buffer, size_t size, uint64_t offset);
[[nodiscard]] bool is_proc_mounted();
// "/proc/self/fd/" and the number.
void write_descriptor_path(int descriptor, char path[32]);
long write_all(int descriptor, const char* text, size_t size);
[[nodiscard]] long protect_read_only(uintptr_t address, size_t size);

// An empty file that lives in memory only, executable, sealable, closed by execve.
[[nodiscard]] long create_memory_file(const char* name);
[[nodiscard]] bool resize(int descriptor, uint64_t size);
// Nobody, this process included, can change or resize the file afterwards.
[[nodiscard]] long seal(int descriptor);

[[nodiscard]] long close_descriptors_from(int first);
// Keeps processes of the same user from reaching into this one through /proc or ptrace, until the next execve.
[[nodiscard]] long forbid_attaching();
[[nodiscard]] long forbid_new_privileges();
[[nodiscard]] bool is_root();

// The path that execute() passes on: the address tells its call from others (filter.h).
extern const char kEmptyPath[1];

// Replaces this process by the program in `descriptor`. Returns only on failure.
[[nodiscard]] long execute(int descriptor, char* const* arguments, char* const* environment);

}  // namespace proofmark::linux_exec
