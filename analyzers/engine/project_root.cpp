// SPDX-License-Identifier: Apache-2.0
//
// The sources' directory; see project_root.h.
#include "engine/project_root.h"

#include <algorithm>

#include "report/file.h"

namespace proofmark::analyze {
namespace {

std::filesystem::path shared_path(const std::filesystem::path& one, const std::filesystem::path& other) {
  const auto parted = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  std::filesystem::path shared;
  for (auto part = one.begin(); part != parted.first; ++part) shared /= *part;
  return shared;
}

std::string unless_too_short(const std::filesystem::path& directory) {
  constexpr long kLeastParts = 3;  // "/", "home", "project"
  return std::distance(directory.begin(), directory.end()) < kLeastParts ? "" : directory.string();
}

}  // namespace

std::string common_directory(const std::vector<CompileCommand>& commands, const std::filesystem::path& except) {
  std::filesystem::path common;
  for (const CompileCommand& command : commands) {
    std::error_code error;
    const auto source = std::filesystem::weakly_canonical(command.absolute_file(), error);
    if (!except.empty() && report::lies_below(source, except)) continue;
    const auto directory = source.parent_path();
    if (error || common.empty()) {
      common = directory;
      continue;
    }
    common = shared_path(common, directory);
  }
  return unless_too_short(common);
}

std::string shared_directory(const std::filesystem::path& one, const std::filesystem::path& other) {
  return unless_too_short(shared_path(one, other));
}

}  // namespace proofmark::analyze
