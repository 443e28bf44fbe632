// SPDX-License-Identifier: Apache-2.0
//
// The one list of every rule of `check`, for `rules`, SARIF and the completeness test.
#include <algorithm>

#include "rules/assembly_rule.h"
#include "rules/firmware_rules.h"
#include "rules/flag_rule.h"
#include "rules/gcc_rule.h"
#include "rules/link_rule.h"
#include "rules/path_rule.h"
#include "rules/source_rule.h"
#include "rules/tidy_rule.h"
#include "rules/unit_rules.h"
#include "rules/warning_rule.h"

namespace proofmark::analyze {

std::vector<report::RuleInfo> all_rules() {
  std::vector<report::RuleInfo> rules;
  for (const FlagRule* rule : flag_rules()) rules.push_back(rule->info);
  for (const LinkRule* rule : link_rules()) rules.push_back(rule->info);
  for (const WarningRule* rule : warning_rules()) rules.push_back(rule->info);
  for (const PathRule* rule : path_rules()) rules.push_back(rule->info);
  for (const SourceRule* rule : source_rules()) rules.push_back(rule->info);
  for (const CallRule* rule : kCallRules) rules.push_back(rule->info);
  for (const AssemblyRule* rule : assembly_rules()) rules.push_back(rule->info);
  rules.insert(rules.end(), tidy_rules().begin(), tidy_rules().end());
  rules.insert(rules.end(), gcc_rules().begin(), gcc_rules().end());
  for (const report::RuleInfo* info : {&kPmt001UnitNotAnalysed, &kPmt002CompilerLacks, &kPmt003FlagsUnknown,
                                       &kPmt004AssemblyUnit, &kPmt005FrameLayout, &kPmt006GccNotHeard})
    rules.push_back(*info);
  std::sort(rules.begin(), rules.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return rules;
}

}  // namespace proofmark::analyze
