// SPDX-License-Identifier: Apache-2.0
//
// A file in memory that counts how often each byte is read and can fail at a chosen call: the fake behind pm_io.
#pragma once

#include <proofmark/verify.h>

#include <cstring>

namespace proofmark::verify_test {

struct MemoryFile {
  const uint8_t* bytes = nullptr;
  uint64_t size = 0;
  int fail_at_call = -1;   // index of the read that fails, -1 = none
  bool fail_size = false;  // the size cannot be told
  int calls = 0;
  uint8_t* read_counts = nullptr;  // as many as bytes, or NULL
};

inline int memory_size(void* context, uint64_t* size) {
  auto* file = static_cast<MemoryFile*>(context);
  *size = file->size;
  return file->fail_size ? -1 : 0;
}

inline int memory_read(void* context, uint64_t offset, void* buffer, size_t length) {
  auto* file = static_cast<MemoryFile*>(context);
  if (file->calls++ == file->fail_at_call) return -1;
  if (offset > file->size || length > file->size - offset) __builtin_trap();  // the verifier promises not to
  std::memcpy(buffer, file->bytes + offset, length);
  if (file->read_counts != nullptr) {
    for (size_t i = 0; i < length; ++i) ++file->read_counts[offset + i];
  }
  return 0;
}

inline pm_io io_of(MemoryFile* file) {
  return {file, memory_size, memory_read};
}

}  // namespace proofmark::verify_test
