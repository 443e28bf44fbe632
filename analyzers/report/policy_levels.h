// SPDX-License-Identifier: Apache-2.0
//
// How much a policy insists on one rule, which may depend on what is being looked at: a runtime of one architecture lacks
// what another has, a kernel module is built by other rules than a program. In the policy file a rule has either a level
// or a list of conditional levels, of which the first whose condition is met holds; the last has no condition.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "report/finding.h"

namespace proofmark::report {

inline constexpr std::string_view kCompilers[] = {"gcc", "clang"};
inline constexpr std::string_view kMachines[] = {"x86_64", "aarch64"};
inline constexpr std::string_view kArtifacts[] = {"executable", "shared-library", "static-library", "kernel-module",
                                                  "object"};

// What is being looked at. What is not known is empty or 0, and a condition on it is not met.
struct PolicyContext {
  std::string compiler;  // of kCompilers
  int major = 0;         // the compiler's version
  std::string machine;   // "x86_64"; others than kMachines meet no condition
  std::string artifact;  // of kArtifacts
};

// All that is given must be met; an empty list is met by anything.
struct LevelCondition {
  std::vector<std::string> compilers, machines, artifacts;
  int from = 0;   // first major version of the compiler; 0 = any
  int below = 0;  // first major version that no longer meets it; 0 = none

  bool is_met(const PolicyContext& context) const;
  // "gcc before 13, aarch64", as people say it.
  std::string describe() const;

  bool operator==(const LevelCondition&) const = default;
};

struct ConditionalLevel {
  LevelCondition when;
  Level level = Level::kMust;

  bool operator==(const ConditionalLevel&) const = default;
};

struct RuleLevels {
  std::vector<ConditionalLevel> conditional;  // first match wins
  Level otherwise = Level::kMust;

  Level level(const PolicyContext& context) const;

  bool operator==(const RuleLevels&) const = default;
};

// `origin` names file and rule in the error.
Result<RuleLevels> read_rule_levels(const nlohmann::json& value, std::string_view rule, const std::string& origin);

// The form that read_rule_levels reads.
nlohmann::json rule_levels_to_json(const RuleLevels& levels);

}  // namespace proofmark::report
