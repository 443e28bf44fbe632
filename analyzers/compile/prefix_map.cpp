// SPDX-License-Identifier: Apache-2.0
//
// Prefix maps; see prefix_map.h.
#include "compile/prefix_map.h"

#include <array>

namespace proofmark::analyze {

PrefixMap::PrefixMap(const Words& flags, bool macros) {
  const std::array<std::string_view, 2> options = {"-ffile-prefix-map=",
                                                   macros ? "-fmacro-prefix-map=" : "-fdebug-prefix-map="};
  for (const std::string& flag : flags) {
    for (std::string_view option : options) {
      if (!flag.starts_with(option)) continue;
      const std::string body = flag.substr(option.size());
      const size_t equals = body.find('=');
      if (equals != std::string::npos) maps_.emplace_back(body.substr(0, equals), body.substr(equals + 1));
    }
  }
}

std::string PrefixMap::apply(std::string_view path) const {
  for (auto map = maps_.rbegin(); map != maps_.rend(); ++map)
    if (path.starts_with(map->first)) return map->second + std::string(path.substr(map->first.size()));
  return std::string(path);
}

}  // namespace proofmark::analyze
