// SPDX-License-Identifier: Apache-2.0
//
// See learned.h. Lines are written as they are learned, so that a machine that is switched off has lost none.
#include "learned.h"

#include "escape.h"
#include "kernel.h"

namespace proofmark::linux_guard {

bool Learned::open(const char* path) {
  uint64_t size = 0;
  const long file = open_log(path, &size);
  list_ = static_cast<int>(file);
  return file >= 0;
}

bool Learned::add(const FileIdentity& file, const char* path) {
  for (unsigned i = 0; i < count_; ++i) {
    if (is_same_file(files_[i], file)) return false;
  }
  if (count_ == kMost) {
    ++missed_;
    return false;
  }
  files_[count_++] = file;
  if (list_ < 0) return true;
  char line[4096];
  size_t size = 0;
  for (; *path != '\0' && size + kMostEscaped < sizeof line; ++path) {
    size += escape_byte(static_cast<uint8_t>(*path), line + size);
  }
  line[size++] = '\n';
  (void)linux_exec::write_all(list_, line, size);
  return true;
}

}  // namespace proofmark::linux_guard
