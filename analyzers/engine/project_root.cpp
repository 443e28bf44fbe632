// SPDX-License-Identifier: Apache-2.0
//
// The sources' directory; see project_root.h.
#include "engine/project_root.h"

#include <algorithm>

#include "report/file.h"

namespace proofmark::analyze {

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
    const auto parted = std::mismatch(common.begin(), common.end(), directory.begin(), directory.end());
    std::filesystem::path shared;
    for (auto part = common.begin(); part != parted.first; ++part) shared /= *part;
    common = shared;
  }
  constexpr long kLeastParts = 3;  // "/", "home", "project"
  return std::distance(common.begin(), common.end()) < kLeastParts ? "" : common.string();
}

}  // namespace proofmark::analyze
