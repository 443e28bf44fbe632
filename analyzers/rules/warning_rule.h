// SPDX-License-Identifier: Apache-2.0
//
// The shape of a warning rule (PMW###): one warning option of the compiler that a policy can make an error, with its
// CWE id. A warning in the policy's list without a rule of its own is reported under PMW092.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "report/finding.h"

namespace proofmark::report {
class Policy;
}

namespace proofmark::analyze {

struct WarningRule {
  report::RuleInfo info;
  std::string_view option;  // "format-security", without -W; empty for the general rules below
  // Rewrites Clang's wording into the one that users know from GCC; null = Clang's own is used.
  std::string (*reword)(std::string_view message);
};

extern const WarningRule kPmw001ImplicitFunction, kPmw002IntConversion, kPmw003IncompatiblePointers,
    kPmw004FormatSecurity, kPmw005ReturnType, kPmw006DateTime, kPmw007Uninitialized, kPmw008ImplicitInt, kPmw009Format,
    kPmw010ArrayBounds, kPmw011FortifySource, kPmw012ReturnStackAddress, kPmw013ShiftCountOverflow,
    kPmw014SizeofPointer, kPmw015Unsequenced;
extern const WarningRule kPmw090UnitWerror;       // the unit's own -Werror
extern const WarningRule kPmw091CompilerWarning;  // any other warning
extern const WarningRule kPmw092PolicyWarning;    // in the policy's list, no rule of its own

std::span<const WarningRule* const> warning_rules();

// The rule for an option in the policy's list.
const WarningRule& warning_rule_for(std::string_view option);

// Options that the policy makes errors: its parameter PMW/errors, or every option that has a rule.
std::vector<std::string> enforced_warnings(const report::Policy& policy);

}  // namespace proofmark::analyze
