// SPDX-License-Identifier: Apache-2.0
//
// Paths and directory records, in memory of constant size.
#pragma once

#include <proofmark/verify.h>

#include <stddef.h>
#include <stdint.h>

#include "system.h"
#include "text.h"

namespace proofmark::linux_init {

using linux_exec::copy_text;
using linux_exec::is_same_text;
using linux_exec::text_length;

// The caller has room for PM_BUNDLE_PATH_MAX bytes and a zero.
inline void copy_path(char* to, pm_bytes path) {
  __builtin_memcpy(to, path.data, path.size);
  to[path.size] = '\0';
}

// Puts "/name" behind the first `length` bytes of `path`, or "name" when there are none. The kernel's names have at most 255
// bytes, for which the caller has room.
inline void append_name(char* path, size_t length, const char* name) {
  if (length != 0) path[length++] = '/';
  __builtin_memcpy(path + length, name, text_length(name) + 1);
}

// `to` has room for two digits per byte and a zero.
inline void write_hex(char* to, const uint8_t* bytes, size_t size) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (size_t i = 0; i < size; ++i) {
    *to++ = kDigits[bytes[i] >> 4];
    *to++ = kDigits[bytes[i] & 15];
  }
  *to = '\0';
}

// As the kernel lays it out (getdents64(2)).
struct DirectoryRecord {
  uint64_t inode;
  int64_t next;
  uint16_t size;
  uint8_t type;
  char name[1];
};
constexpr size_t kNameOffset = offsetof(DirectoryRecord, name);

// Calls `visit` with every name but "." and ".." until it returns false. Returns false when reading failed.
template <typename Visit>
bool for_each_name(int directory, char* buffer, size_t size, const Visit& visit) {
  for (;;) {
    const long filled = read_directory(directory, buffer, size);
    if (filled <= 0) return filled == 0;
    for (long at = 0; at < filled;) {
      const auto* record = reinterpret_cast<const DirectoryRecord*>(buffer + at);
      const char* name = reinterpret_cast<const char*>(record) + kNameOffset;
      if (!is_same_text(name, ".") && !is_same_text(name, "..") && !visit(name)) return true;
      at += record->size;
    }
  }
}

}  // namespace proofmark::linux_init
