// SPDX-License-Identifier: Apache-2.0
//
// May this open file be executed? Decided on the descriptor that the kernel's question brings, never on a path that could
// lead elsewhere a moment later.
#pragma once

#include <proofmark/verify.h>

#include "system.h"

namespace proofmark::linux_guard {

// What keeps the content as it was hashed.
enum class Stability {
  kNone,      // nothing: none of what follows can be had on this file system
  kReadOnly,  // a kind of file system that cannot be written to
  kLease,     // a read lease, as long as it is held
  kVerity,    // fs-verity: every page is checked when it is read
};

struct Decision {
  pm_verdict verdict = PM_REFUSED;
  Stability stability = Stability::kNone;
};

// Reads the board's trust store and bundle, if it has them. Returns PM_ACCEPTED or the refusal of one of them, and which.
[[nodiscard]] pm_verdict open_trust(const char** refused);

// `path` is where the file lies, for the bundle. A lease that was taken stays with the descriptor, whatever the verdict.
[[nodiscard]] Decision decide(int file, const char* path);

// The words for a verdict: those of the verifier, or those of the stage 12xx, which is ours.
[[nodiscard]] const char* text_of(pm_verdict verdict);

}  // namespace proofmark::linux_guard
