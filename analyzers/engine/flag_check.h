// SPDX-License-Identifier: Apache-2.0
//
// Runs the flag rules on one unit.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "report/layers.h"
#include "rules/flag_rule.h"

namespace proofmark::analyze {

// How a property stands over all units: one broken unit breaks it, and somebody must hold it.
struct PropertyState {
  bool held = false;
  bool broken = false;
};
using Properties = std::map<std::string, PropertyState, std::less<>>;

struct FlagOutcome {
  std::vector<report::Finding> findings;
  std::vector<report::UnitProtection> protections;  // one for each rule that the policy does not switch off
};

report::UnitProtection protection_of(const report::RuleInfo& info, std::string_view property,
                                     const FlagVerdict& verdict, const report::Policy& policy);

FlagOutcome check_flags(const FlagInput& input, Properties& properties);

}  // namespace proofmark::analyze
