// SPDX-License-Identifier: Apache-2.0
//
// Flag rules to findings; see flag_check.h.
#include "engine/flag_check.h"

#include <fmt/format.h>

#include "report/policy.h"
#include "rules/unit_rules.h"

namespace proofmark::analyze {
namespace {

using State = FlagVerdict::State;

report::Finding finding_for(const report::RuleInfo& info, const FlagInput& input, std::string message) {
  report::Finding finding = report::make_finding(info, input.policy.level(info), std::move(message));
  finding.where.file = input.unit.absolute_source().string();
  finding.unit = input.unit.database_file;
  return finding;
}

report::Finding broken(const FlagRule& rule, const FlagInput& input, const FlagVerdict& verdict) {
  report::Finding finding = finding_for(rule.info, input, fmt::format("{}: {}", rule.info.name, verdict.text));
  finding.hint = verdict.hint;
  return finding;
}

report::Finding unsupported(const FlagRule& rule, const FlagInput& input, const FlagVerdict& verdict) {
  report::Finding finding = finding_for(
      kPmt002CompilerLacks, input,
      fmt::format("{}: {} does not have {}", rule.info.name, input.effective.compiler.describe(), verdict.text));
  // It is about the compiler: said once, not once per unit.
  finding.where.file = input.effective.compiler.resolved;
  finding.unit.clear();
  finding.hint = "use a newer compiler";
  return finding;
}

report::LayerState layer_state(State state) {
  switch (state) {
    case State::kHeld:
      return report::LayerState::kHeld;
    case State::kBroken:
      return report::LayerState::kMissing;
    case State::kNotApplicable:
      return report::LayerState::kNotApplicable;
    case State::kUnsupported:
      return report::LayerState::kUnsupported;
  }
  return report::LayerState::kUnknown;
}

}  // namespace

report::UnitProtection protection_of(const report::RuleInfo& info, std::string_view property,
                                     const FlagVerdict& verdict, const report::Policy& policy) {
  return {std::string(info.id),       std::string(property), verdict.requested, verdict.effective,
          layer_state(verdict.state), verdict.text,          policy.level(info)};
}

FlagOutcome check_flags(const FlagInput& input, Properties& properties) {
  FlagOutcome outcome;
  for (const FlagRule* rule : flag_rules()) {
    if (input.policy.level(rule->info) == report::Level::kOff) continue;
    const FlagVerdict verdict = rule->check(input);
    outcome.protections.push_back(protection_of(rule->info, rule->property, verdict, input.policy));
    if (verdict.state == State::kBroken) outcome.findings.push_back(broken(*rule, input, verdict));
    if (verdict.state == State::kUnsupported && input.policy.level(kPmt002CompilerLacks) != report::Level::kOff)
      outcome.findings.push_back(unsupported(*rule, input, verdict));
    if (rule->property.empty() || verdict.state == State::kNotApplicable) continue;
    PropertyState& property = properties[std::string(rule->property)];
    (verdict.state == State::kHeld ? property.held : property.broken) = true;
  }
  return outcome;
}

}  // namespace proofmark::analyze
