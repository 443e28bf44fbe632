// SPDX-License-Identifier: Apache-2.0
//
// Reads `ar` archives that are in memory: the common format with the name tables of GNU and BSD. libelf opens members of
// archives only through a file descriptor, and what is judged here was read once so that it cannot change.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/finding.h"

namespace proofmark::elf {

struct ArchiveMember {
  std::string name;        // without folders' end mark, "printf.o"
  std::string_view bytes;  // points into the archive
};

// By its first bytes, whole or thin.
bool is_archive(std::string_view bytes);

// The members in their order, without symbol and name tables. `origin` names the archive in messages. A thin archive is
// an error: it only names files.
report::Result<std::vector<ArchiveMember>> read_archive(std::string_view bytes, const std::string& origin);

}  // namespace proofmark::elf
