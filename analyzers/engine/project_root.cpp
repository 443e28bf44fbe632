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

// `place_of`: the real directory of a source; empty when there is none.
template <class PlaceOf>
std::string common_of(const std::vector<CompileCommand>& commands, const std::filesystem::path& except,
                      PlaceOf place_of) {
  std::filesystem::path common;
  for (const CompileCommand& command : commands) {
    const std::filesystem::path directory = place_of(command.absolute_file());
    if (!except.empty() && (directory == except || report::lies_below(directory, except))) continue;
    common = directory.empty() || common.empty() ? directory : shared_path(common, directory);
  }
  return unless_too_short(common);
}

}  // namespace

std::string common_directory(const std::vector<CompileCommand>& commands, const std::filesystem::path& except) {
  return common_of(commands, except, [](const std::filesystem::path& file) {
    std::error_code error;
    return std::filesystem::weakly_canonical(file, error).parent_path();
  });
}

std::string common_named_directory(const std::vector<CompileCommand>& commands, const std::filesystem::path& except) {
  return common_of(commands, except, [](const std::filesystem::path& file) {
    std::error_code error;
    return std::filesystem::weakly_canonical(file.parent_path(), error);
  });
}

std::string shared_directory(const std::filesystem::path& one, const std::filesystem::path& other) {
  return unless_too_short(shared_path(one, other));
}

}  // namespace proofmark::analyze
