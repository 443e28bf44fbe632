// SPDX-License-Identifier: Apache-2.0
//
// The program that is to run, while it is checked: every byte that the verifier reads from the file is, in the same step,
// written to a file in memory. What was hashed is what will be executed, whatever happens to the file meanwhile.
#pragma once

#include <proofmark/verify.h>

namespace proofmark::linux_exec {

struct SealedProgram {
  int file = -1;    // as opened; read once
  int memory = -1;  // the copy; -1 when only checking
  uint64_t size = 0;
  bool copy_failed = false;
};

// Opens `path`, which must be a regular file, and makes the memory file when `copying`. Returns PM_ACCEPTED when both are
// open (nothing is verified yet), else the refusal.
[[nodiscard]] pm_verdict open_program(const char* path, bool copying, SealedProgram* program);

// The file as the verifier reads it. `program` must outlive it.
[[nodiscard]] pm_io copying_io(SealedProgram* program);

// After acceptance: seals the copy and checks that it is an ELF program that the kernel starts by itself. Returns
// PM_ACCEPTED or the refusal.
[[nodiscard]] pm_verdict finish_program(const SealedProgram& program);

}  // namespace proofmark::linux_exec
