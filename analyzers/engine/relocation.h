// SPDX-License-Identifier: Apache-2.0
//
// Names for the two directories that differ from machine to machine, so that a result found in one checkout or build
// directory serves in another: "%S" is the source tree, "%B" the build directory.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace proofmark::analyze {

class Relocation {
 public:
  // Empty directories have no name; what lies there keeps its path.
  Relocation(const std::filesystem::path& source_root, const std::filesystem::path& build_dir);

  // `text` may be a path, or have paths in it: "-I/home/me/project/include".
  std::string fold(std::string_view text) const;
  std::string unfold(std::string_view text) const;

  // The same for every text in a JSON document.
  std::string fold_json(std::string_view json) const;
  std::string unfold_json(std::string_view json) const;

 private:
  struct Place {
    std::string directory, in_json, name;
  };
  std::string unfolded(std::string_view text, std::string Place::* form) const;

  std::vector<Place> places_;  // longest first: one may lie in the other
};

// The working tree of `directory` by the nearest ".git" at or above it; empty when there is none.
std::string working_tree(const std::string& directory);

}  // namespace proofmark::analyze
