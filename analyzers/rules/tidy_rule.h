// SPDX-License-Identifier: Apache-2.0
//
// The table of clang-tidy's checks that run as rules (PMC###). A rule's name is the check's own, so that policies,
// waivers and `explain` can be written with the names that users know from clang-tidy and its documentation.
#pragma once

#include <span>
#include <string_view>

#include "report/finding.h"

namespace proofmark::analyze {

// An option of a check where ours is not clang-tidy's default; a policy's "options" go before.
struct TidyOption {
  std::string_view name;  // "<check>.<option>"
  std::string_view value;
};

// Sorted by id.
std::span<const report::RuleInfo> tidy_rules();

std::span<const TidyOption> tidy_options();

// Null for a check that is not in the table.
const report::RuleInfo* tidy_rule_for(std::string_view check);

}  // namespace proofmark::analyze
