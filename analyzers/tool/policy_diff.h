// SPDX-License-Identifier: Apache-2.0
//
// What changes when one policy takes the place of another, so that a reviewer sees at once where less is asked.
#pragma once

#include <string>
#include <vector>

#include "tool/policy_view.h"

namespace proofmark::analyze {

enum class Change {
  kStricter,  // nowhere less, somewhere more
  kLaxer,     // nowhere more, somewhere less
  kMixed,     // more for some compilers, machines or artifacts and less for others
};

struct RuleChange {
  report::KnownRule rule;
  Change change;
  report::RuleLevels from, to;
};

struct ParameterChange {
  std::string group, name, from, to;  // "none" where the policy has none
};

struct PolicyDiff {
  std::string from, to;  // names
  std::vector<RuleChange> rules;
  std::vector<ParameterChange> parameters;
  std::vector<std::string> warnings_added, warnings_removed;
  std::vector<std::string> prebuilt_added, prebuilt_removed, prebuilt_changed;  // archives

  bool is_empty() const;
};

PolicyDiff compare(const PolicyView& from, const PolicyView& to);
std::string diff_to_text(const PolicyDiff& diff);
std::string diff_to_json(const PolicyDiff& diff);

}  // namespace proofmark::analyze
