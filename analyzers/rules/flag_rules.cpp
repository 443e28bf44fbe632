// SPDX-License-Identifier: Apache-2.0
//
// The table of flag rules. A rule that is not listed here does not exist; tests compare it with the files.
#include <array>

#include "rules/flag_rule.h"

namespace proofmark::analyze {

std::span<const FlagRule* const> flag_rules() {
  static constexpr std::array<const FlagRule*, 14> kRules = {
      &kPmf001Optimisation,   &kPmf002Fortify,          &kPmf003StackProtector,
      &kPmf004StackClash,     &kPmf005BranchProtection, &kPmf006PositionIndependent,
      &kPmf007AutoVarInit,    &kPmf008NullChecks,       &kPmf009StrictOverflow,
      &kPmf010StrictAliasing, &kPmf011StrictFlexArrays, &kPmf012GlibcxxAssertions,
      &kPmf013NoBuildPath,    &kPmf014WarningsWeakened};
  return kRules;
}

}  // namespace proofmark::analyze
