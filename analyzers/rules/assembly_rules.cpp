// SPDX-License-Identifier: Apache-2.0
//
// The table of rules on assembly units, in the order of their ids.
#include "rules/assembly_rule.h"

#include <array>

namespace proofmark::analyze {

std::span<const AssemblyRule* const> assembly_rules() {
  static constexpr std::array kRules = {&kPms401AssemblyStack, &kPms406AssemblyBranches};
  return kRules;
}

}  // namespace proofmark::analyze
