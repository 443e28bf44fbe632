// SPDX-License-Identifier: Apache-2.0
//
// Link rules to findings; see link_check.h.
#include "engine/link_check.h"

#include <fmt/format.h>

#include "engine/flag_check.h"
#include "report/policy.h"
#include "rules/link_rule.h"
#include "rules/unit_rules.h"

namespace proofmark::analyze {
namespace {

report::Finding finding_for(const report::RuleInfo& info, const LinkCommand& link, const report::Policy& policy,
                            std::string message, std::string hint) {
  report::Finding finding = report::make_finding(info, policy.level(info), std::move(message));
  finding.hint = std::move(hint);
  finding.where.file = link.absolute_target().string();
  finding.unit = link.target;
  return finding;
}

void judge(const LinkInput& input, const report::Policy& policy, LinkOutcome& outcome, report::UnitLayers& layers) {
  for (const LinkRule* rule : link_rules()) {
    if (policy.level(rule->info) == report::Level::kOff) continue;
    const FlagVerdict verdict = rule->check(input);
    layers.protections.push_back(protection_of(rule->info, rule->property, verdict, policy));
    if (verdict.state == FlagVerdict::State::kBroken)
      outcome.findings.push_back(finding_for(rule->info, input.command, policy,
                                             fmt::format("{}: {}", rule->info.name, verdict.text), verdict.hint));
  }
}

}  // namespace

LinkOutcome check_links(const std::vector<LinkCommand>& links, FlagResolver& resolver, const report::Policy& policy) {
  LinkOutcome outcome;
  for (const LinkCommand& link : links) {
    report::UnitLayers& layers = outcome.layers.emplace_back();
    layers.name = link.absolute_target().string();
    const auto effective = resolver.resolve_link(link);
    if (!effective) {
      outcome.incomplete = true;
      outcome.findings.push_back(
          finding_for(kPmt003FlagsUnknown, link, policy, effective.error().message, effective.error().hint));
      continue;
    }
    layers.compiler = effective->describe();
    judge({link, *effective, linker_requests(link.arguments)}, policy, outcome, layers);
  }
  return outcome;
}

}  // namespace proofmark::analyze
