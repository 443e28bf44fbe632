// SPDX-License-Identifier: Apache-2.0
//
// The table of source rules, in the order of their ids.
#include "rules/source_rule.h"

#include <array>

namespace proofmark::analyze {

std::span<const SourceRule* const> source_rules() {
  static constexpr std::array kRules = {
      &kPms201NoStackProtector,
  };
  return kRules;
}

}  // namespace proofmark::analyze
