// SPDX-License-Identifier: Apache-2.0
//
// Names with "*" for any text, as policies give them.
#pragma once

#include <algorithm>
#include <string_view>

#include <nlohmann/json.hpp>

namespace proofmark::analyze {

inline bool matches_pattern(std::string_view pattern, std::string_view name) {
  // Goes back to the last star only: a pattern with many stars must not take for ever.
  size_t in_pattern = 0, in_name = 0, star = std::string_view::npos, resume = 0;
  while (in_name < name.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
      star = in_pattern++;
      resume = in_name;
    } else if (in_pattern < pattern.size() && pattern[in_pattern] == name[in_name]) {
      ++in_pattern;
      ++in_name;
    } else if (star != std::string_view::npos) {
      in_pattern = star + 1;
      in_name = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

// Unlike the patterns of options, these take a star anywhere. `more`: the patterns of a policy's parameter; anything but
// an array of strings holds none.
template <class Patterns>
bool is_named_like(std::string_view name, const Patterns& patterns, const nlohmann::json& more) {
  const auto fits = [&](std::string_view pattern) { return matches_pattern(pattern, name); };
  if (std::ranges::any_of(patterns, fits)) return true;
  return more.is_array() && std::ranges::any_of(more, [&](const nlohmann::json& pattern) {
           return pattern.is_string() && fits(pattern.template get_ref<const std::string&>());
         });
}

}  // namespace proofmark::analyze
