// SPDX-License-Identifier: Apache-2.0
//
// Files that carry a mark and are still what it says: shared by whatever takes a mark off, replaces it or adds to it.
#pragma once

#include "proofmark/sign/signing.h"

namespace proofmark::sign {

inline constexpr const char* kBeingWrittenHint = "sign a file that nobody is writing to";

// The lengths that the mark claims are those of the file. Everything below relies on it.
Result<void> check_lengths(const InputFile& file, const MarkView& view);

// Writes the original of a file whose lengths were checked.
Result<void> write_original(const InputFile& file, const MarkView& view, AtomicFile& output);

// Lengths and content digest of `file` are what the mark says. With a detached mark, `file` is the one it stands beside.
Result<void> check_content(const InputFile& file, const MarkView& view);

struct Original {
  AtomicFile file;  // complete; commit() puts it at its output
  Dropped dropped;
};

// The file as it was before it was signed.
Result<Original> restore(const InputFile& file, const std::filesystem::path& output);

// Attributes of an output that is made from `from`; a detached mark is nothing that runs, and gets only its permissions.
Result<Dropped> take_attributes(AtomicFile& output, const InputFile& from, bool detached);

// Independent code looks at what was written, before anyone else can. `mark_fd` is the detached mark of `fd`, or -1.
Result<void> check_output(const std::string& path, int fd, int mark_fd, const TrustRequest& trust);

}  // namespace proofmark::sign
