// SPDX-License-Identifier: Apache-2.0
//
// State of files; see file_states.h.
#include "engine/file_states.h"

#include <sys/stat.h>

#include "report/digest.h"

namespace proofmark::analyze {

bool FileStates::holds(std::string_view set) {
  while (!set.empty()) {
    const size_t end = set.find('\n');
    if (end == std::string_view::npos || !line_holds(set.substr(0, end))) return false;
    set.remove_prefix(end + 1);
  }
  return true;
}

bool FileStates::line_holds(std::string_view line) {
  if (const auto known = lines_.find(line); known != lines_.end()) return known->second;
  const auto read = parse_read_line(line, [this](std::string_view path) { return relocation_.unfold(path); });
  const bool so = read && is_so(*read);
  lines_.emplace(line, so);
  return so;
}

bool FileStates::is_so(const ReadLine& read) {
  if (read.kind == ReadKind::kContent) return digest_of(read.path) == read.digest;
  struct stat status{};
  const bool there = ::stat(read.path.c_str(), &status) == 0;
  return read.kind == ReadKind::kAbsent ? !there : there && !S_ISDIR(status.st_mode);
}

const std::string& FileStates::digest_of(const std::string& path) {
  const auto [entry, added] = digests_.try_emplace(path);
  if (added) entry->second = report::sha256_file(path).value_or("");
  return entry->second;
}

}  // namespace proofmark::analyze
