// SPDX-License-Identifier: Apache-2.0
//
// Which edits that Clang proposes `check --fix` may make without a reader: those after which a program that did what it was
// meant to do does the same, or that write what was certainly meant. A check that guesses (two arguments may be swapped), whose
// edit needs something else as well (a feature macro for O_CLOEXEC), or that only silences, is none of them.
#pragma once

#include <span>
#include <string_view>

namespace proofmark::analyze {

struct SafeFix {
  std::string_view rule;  // "PMW009"
  std::string_view name;  // of the warning, without -W, or of the check
  bool in_note = false;   // Clang proposes the edit in the first note with an edit, not in the diagnostic itself
  std::string_view what;  // the edit, as a sentence
};

std::span<const SafeFix> safe_fixes();

// Null for a warning or a check whose edits are not safe.
const SafeFix* safe_fix_for(std::string_view name);

}  // namespace proofmark::analyze
