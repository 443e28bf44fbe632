// SPDX-License-Identifier: Apache-2.0
//
// From what the command line names to what is audited: folders are searched, archives opened, and many files judged at
// once.
#pragma once

#include <string>
#include <vector>

#include "elf/audit.h"

namespace proofmark::elf {

// The regular files below each folder of `paths` that begin like an ELF file or an archive, sorted, and the paths that are
// no folder as they are. Links are not followed; what may not be read is left out.
std::vector<std::string> search_folders(const std::vector<std::string>& paths);

struct PathAudit {
  std::vector<FileAudit> files;  // one, or one for each member of an archive: "libc.a(printf.o)"
  std::vector<Error> problems;   // what could not be judged
};

// Answers in the order of `paths`, with `jobs` threads.
std::vector<PathAudit> audit_paths(const std::vector<std::string>& paths, const AuditOptions& options, unsigned jobs);

}  // namespace proofmark::elf
