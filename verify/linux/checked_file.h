// SPDX-License-Identifier: Apache-2.0
//
// A file that is to run, while it is checked. What was hashed is what will be used, whatever happens at the path meanwhile:
// either fs-verity keeps the content from changing, or every byte that the verifier reads is, in the same step, written to a
// file in memory that is sealed afterwards.
#pragma once

#include <proofmark/verify.h>

namespace proofmark::linux_exec {

// What the file is opened for.
enum class Use {
  kLook,  // nothing: no copy
  kExecute,  // to be started: guarded by fs-verity, if the kernel would start it with no more rights than a copy has; else a copy
  kMap,   // to be mapped: guarded by fs-verity, or a copy
  kCopy,  // a copy, whatever guards the file
};

struct CheckedFile {
  int file = -1;    // as opened
  int memory = -1;  // the copy; -1 when there is none
  uint64_t size = 0;
  bool copy_failed = false;
  bool is_guarded = false;                      // by fs-verity: the content of `file` cannot change
  uint8_t guarded_digest[PM_DIGEST_SIZE] = {};  // of the whole file, by the kernel

  [[nodiscard]] int descriptor() const { return memory >= 0 ? memory : file; }
};

// Opens `path`, which must be a regular file, and makes the memory file when one is needed. Returns PM_ACCEPTED when both are
// open (nothing is verified yet), else the refusal.
[[nodiscard]] pm_verdict open_checked(const char* path, Use use, CheckedFile* file);

// The file as the verifier reads it. `file` must outlive it.
[[nodiscard]] pm_io copying_io(CheckedFile* file);

// After acceptance: seals the copy, if there is one. Returns PM_ACCEPTED or the refusal.
[[nodiscard]] pm_verdict seal_checked(const CheckedFile& file);

}  // namespace proofmark::linux_exec
