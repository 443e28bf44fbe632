// SPDX-License-Identifier: Apache-2.0
//
// The table of warning rules.
#include <array>

#include "report/policy.h"
#include "rules/warning_rule.h"

namespace proofmark::analyze {

std::span<const WarningRule* const> warning_rules() {
  static constexpr std::array<const WarningRule*, 18> kRules = {
      &kPmw001ImplicitFunction,   &kPmw002IntConversion,   &kPmw003IncompatiblePointers,
      &kPmw004FormatSecurity,     &kPmw005ReturnType,      &kPmw006DateTime,
      &kPmw007Uninitialized,      &kPmw008ImplicitInt,     &kPmw009Format,
      &kPmw010ArrayBounds,        &kPmw011FortifySource,   &kPmw012ReturnStackAddress,
      &kPmw013ShiftCountOverflow, &kPmw014SizeofPointer,   &kPmw015Unsequenced,
      &kPmw090UnitWerror,         &kPmw091CompilerWarning, &kPmw092PolicyWarning};
  return kRules;
}

const WarningRule& warning_rule_for(std::string_view option) {
  for (const WarningRule* rule : warning_rules())
    if (rule->option == option) return *rule;
  return kPmw092PolicyWarning;
}

std::vector<std::string> enforced_warnings(const report::Policy& policy) {
  std::vector<std::string> names;
  const auto& listed = policy.parameter("PMW", "errors");
  if (listed.is_array()) {
    for (const auto& name : listed)
      if (name.is_string()) names.push_back(name.get<std::string>());
    return names;
  }
  for (const WarningRule* rule : warning_rules())
    if (!rule->option.empty()) names.emplace_back(rule->option);
  return names;
}

}  // namespace proofmark::analyze
