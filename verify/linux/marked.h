// SPDX-License-Identifier: Apache-2.0
//
// Verification of a file with its mark at the end, or in FILE.proofmark beside it.
#pragma once

#include "checked_file.h"

namespace proofmark::linux_exec {

// What was found out about one file, and the memory in which it was. Large: static, never on the stack.
struct Verification {
  pm_result result;
  pm_scratch scratch;
};

// Opens `path` for `use` and verifies it. Returns PM_ACCEPTED or the refusal; `file` is not sealed yet.
[[nodiscard]] pm_verdict verify_marked(const char* path, Use use, const pm_trust& trust, CheckedFile* file,
                                       Verification* verification);

}  // namespace proofmark::linux_exec
