// SPDX-License-Identifier: Apache-2.0
//
// Runs the flag rules on one unit.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "rules/flag_rule.h"

namespace proofmark::analyze {

// How a property stands over all units: one broken unit breaks it, and somebody must hold it.
struct PropertyState {
  bool held = false;
  bool broken = false;
};
using Properties = std::map<std::string, PropertyState, std::less<>>;

std::vector<report::Finding> check_flags(const FlagInput& input, Properties& properties);

}  // namespace proofmark::analyze
