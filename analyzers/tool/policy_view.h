// SPDX-License-Identifier: Apache-2.0
//
// What `policy show` and `policy diff` know of one policy: every rule of every program with the level that it really has,
// whether the policy names it or leaves it its default.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "report/policy.h"
#include "report/rule_catalogue.h"

namespace proofmark::analyze {

struct PolicyRule {
  report::KnownRule rule;
  report::RuleLevels levels;
  bool named = false;  // false: the policy does not name it
};

struct PolicyParameter {
  std::string group, name;  // "PMF002", "minimum"
  std::string value;        // "2", "static-pie, static"

  bool operator==(const PolicyParameter&) const = default;
};

struct PolicyView {
  report::Policy policy;
  std::vector<PolicyRule> rules;            // sorted by id
  std::vector<PolicyParameter> parameters;  // but for the warnings, sorted
  std::vector<std::string> warnings;        // that are errors, sorted
};

report::Result<PolicyView> load_policy_view(const std::filesystem::path& boards_dir, const std::string& name);

// "must", or "advisory for x86_64, else must".
std::string describe(const report::RuleLevels& levels);

// Breaks the text at blanks so that no line is longer than 100 columns; ends with a new line.
std::string wrapped(std::string_view text, std::string_view indent);

std::string policy_to_text(const PolicyView& view);
std::string policy_to_json(const PolicyView& view);

}  // namespace proofmark::analyze
