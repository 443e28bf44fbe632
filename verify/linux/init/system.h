// SPDX-License-Identifier: Apache-2.0
//
// The system calls that the first process of a device needs beyond kernel.h, under plain names. Each returns what the
// kernel returns: a value that is not negative, or -errno.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace proofmark::linux_init {

// What one statx() says of a file that is already open.
struct FileFacts {
  uint32_t type;  // S_IFMT bits
  uint32_t mode;  // permissions, set-user-ID, set-group-ID, sticky
  uint32_t uid;
  uint32_t gid;
  uint32_t major;  // of the device that a device file stands for
  uint32_t minor;
  uint64_t size;  // bytes
};

enum class Opening {
  kDirectory,  // to list it
  kContent,    // to read it
  kName,       // only to look at what it is: opens no device and follows no link
};

[[nodiscard]] long process_id();
void sleep_ms(unsigned milliseconds);

long make_directory(const char* path);
[[nodiscard]] long mount_at(const char* source, const char* target, const char* type, unsigned long flags);
[[nodiscard]] long unmount_at(const char* target);
[[nodiscard]] long move_mount(const char* from, const char* to);
// Makes `path` the root of this process and moves there; what was mounted at the old root is hidden.
[[nodiscard]] long switch_root(const char* path);

// Opens `path` below the directory `root`: never through a symbolic link, never out of it, never onto another file system.
[[nodiscard]] long open_beneath(int root, const char* path, Opening opening);
[[nodiscard]] long open_to_write(const char* path);
// To read and to write what is there.
[[nodiscard]] long open_to_change(const char* path);
// Waits until no other program has locked the file; ends with the descriptor.
long lock_file(int descriptor);
// Returns when what was written survives a power cut.
[[nodiscard]] long sync_file(int descriptor);
void close_file(int descriptor);
[[nodiscard]] long get_facts(int descriptor, FileFacts* facts);
// Fills `buffer` with linux_dirent64 records; 0 at the end.
[[nodiscard]] long read_directory(int descriptor, void* buffer, size_t size);
[[nodiscard]] long read_link(int descriptor, char* target, size_t size);
[[nodiscard]] long read_capability(int descriptor, void* value, size_t size);

// Makes descriptors 0, 1 and 2 the console.
void take_console();

enum class Ending { kHalt, kReboot, kPowerOff };
[[noreturn]] void end_system(Ending ending);

}  // namespace proofmark::linux_init
