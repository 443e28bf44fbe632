// SPDX-License-Identifier: Apache-2.0
//
// Compares a mounted root file system with its bundle, entry by entry: every file that was signed is there and is what was
// signed, and, where the policy says so, nothing else is there.
#pragma once

#include <proofmark/bundle.h>

namespace proofmark::linux_init {

struct TreeCheck {
  int root;  // descriptor of the root directory
  pm_bundle* bundle;
  pm_scratch* scratch;        // for hashing; the bundle's manifest is no longer needed
  const char* first_program;  // path of the program that is to be started
  const char* exempt[2];      // paths that are not in the bundle and may be there; NULL or empty: none
  bool refuse_extra_files;
  int program = -1;                     // descriptor of the first program, checked
  uint64_t names_found = 0;             // in all directories of the bundle
  char path[PM_BUNDLE_PATH_MAX + 258];  // of the entry looked at; what a refusal is about
};

// Goes through all entries of the bundle that was opened from `io` with `result`. Returns PM_ACCEPTED or the refusal; then
// `path` names the file.
[[nodiscard]] pm_verdict check_tree(TreeCheck* check, const pm_io* io, const pm_result& result);

}  // namespace proofmark::linux_init
