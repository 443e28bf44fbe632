// SPDX-License-Identifier: Apache-2.0
//
// The bundle of a medium: copied into memory while its mark is checked, so that what is read afterwards is what was
// checked, whatever the medium answers the second time.
#pragma once

#include <proofmark/bundle.h>

namespace proofmark::linux_init {

struct BundleFile {
  int file = -1;
  int memory = -1;
  uint64_t size = 0;
  bool is_copied = false;  // reads come from memory from then on
  bool copy_failed = false;
};

// Checks the bundle at `path` below `root` and opens its table. Returns PM_ACCEPTED or the refusal. `source` is what the
// table is read from: it and `io` stay with the caller until the last entry was read; then close_bundle().
[[nodiscard]] pm_verdict open_bundle(int root, const char* path, const pm_trust& trust, pm_scratch* scratch,
                                     BundleFile* source, pm_io* io, pm_bundle* bundle, pm_result* result);
void close_bundle(BundleFile* source);

// An open file as the verifier reads it.
struct PlainFile {
  int descriptor;
  uint64_t size;
};
// Opens the regular file at `path` below `root`. Returns 0, -ENOENT when there is nothing, or another negative number.
[[nodiscard]] long open_plain(int root, const char* path, PlainFile* file);
[[nodiscard]] pm_io io_of(PlainFile* file);

}  // namespace proofmark::linux_init
