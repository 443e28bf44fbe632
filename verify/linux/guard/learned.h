// SPDX-License-Identifier: Apache-2.0
//
// In permissive mode: which files would have needed a mark, each once, in memory of constant size.
#pragma once

#include "system.h"

namespace proofmark::linux_guard {

class Learned {
 public:
  // The list goes to `path`, one path a line, in the escapes of the audit records. False when it cannot be opened.
  [[nodiscard]] bool open(const char* path);
  // True when the file was not on the list before. What is replaced by a newer file under its name is a new file.
  bool add(const FileIdentity& file, const char* path);
  [[nodiscard]] unsigned count() const { return count_; }
  // Files that may be missing, because the memory was full.
  [[nodiscard]] uint64_t missed() const { return missed_; }

 private:
  static constexpr unsigned kMost = 1024;

  FileIdentity files_[kMost];
  unsigned count_ = 0;
  uint64_t missed_ = 0;
  int list_ = -1;
};

}  // namespace proofmark::linux_guard
