// SPDX-License-Identifier: Apache-2.0
//
// -ffile-prefix-map and its relatives: how a command renames the paths that end up in the object file.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compile/command_line.h"

namespace proofmark::analyze {

class PrefixMap {
 public:
  // Takes -ffile-prefix-map and -fdebug-prefix-map; with `macros`, -fmacro-prefix-map (for __FILE__) instead of the latter.
  explicit PrefixMap(const Words& flags, bool macros = false);

  // The last map whose old part is a prefix of the path applies, once.
  std::string apply(std::string_view path) const;

 private:
  std::vector<std::pair<std::string, std::string>> maps_;
};

}  // namespace proofmark::analyze
