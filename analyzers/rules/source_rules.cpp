// SPDX-License-Identifier: Apache-2.0
//
// The table of source rules, in the order of their ids.
#include "rules/source_rule.h"

#include <array>

namespace proofmark::analyze {

std::span<const SourceRule* const> source_rules() {
  static constexpr std::array kRules = {
      &kPms201NoStackProtector, &kPms202OptimizeAttribute, &kPms203OptimizePragma,         &kPms204AttributePragma,
      &kPms205InlinedCallee,    &kPms206NotOptimised,      &kPms207FortifyMacro,           &kPms208BuiltinCall,
      &kPms209FortifyBypass,    &kPms210FortifyLibrary,    &kPms211TargetBranchProtection, &kPms301IgnoredError,
      &kPms302DowngradedError,  &kPms303IgnoredGroup,      &kPms304UnbalancedPush,         &kPms305SystemHeader,
      &kPms306LineMarker,       &kPms307SystemDirectory,
  };
  return kRules;
}

}  // namespace proofmark::analyze
