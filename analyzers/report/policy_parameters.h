// SPDX-License-Identifier: Apache-2.0
//
// The parameters that a policy may set, by rule or group of rules, and the type of each. boards/policies/schema.json says
// the same to editors; a test compares the two.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "report/finding.h"

namespace proofmark::report {

struct Parameter {
  enum class Type {
    kCount,      // a whole number from `least`
    kFlag,       // true or false
    kTexts,      // an object of strings, each the value of an option "<name of a rule>.<option>"
    kWords,      // an array of strings, none twice, each of `words` if there are any
    kRules,      // an array of rules, by id or name, or beginnings of their ids; none twice
    kArguments,  // an array of strings "<function>:<number of an argument, from 0>", none twice
    kExcuses,    // an array of objects of strings: "reason", and one or more of `words`
  };

  std::string_view group;  // "PMF002", or a group that is no rule: "PMW", "waivers"
  std::string_view name;   // "minimum"
  Type type = Type::kWords;
  std::span<const std::string_view> words = {};
  std::uint64_t least = 0, most = 0;  // kCount
};

std::span<const Parameter> parameters();

// `value` is a policy's member "parameters".
Result<void> check_parameters(const nlohmann::json& value, const std::string& origin);

}  // namespace proofmark::report
