// SPDX-License-Identifier: Apache-2.0
//
// PMS503: a function that calls itself, directly or through others. How deep it goes is seldom bounded by anything but the
// input, and the stack is.
#include <fmt/format.h>

#include "engine/source_context.h"
#include "engine/unit_calls.h"
#include "report/policy.h"
#include "rules/firmware_rules.h"

namespace proofmark::analyze {
namespace {

void judge(const UnitCalls& calls, const SourceContext& context, std::vector<report::Finding>& findings) {
  for (const std::vector<UnitCall>& cycle : calls.cycles()) {
    const std::string name = cycle.front().caller->getNameAsString();
    const std::string how =
        cycle.size() == 1 ? "" : fmt::format(" through '{}'", cycle.front().callee->getNameAsString());
    report::Finding& finding =
        findings.emplace_back(report::make_finding(kPms503Recursion.info, context.policy().level(kPms503Recursion.info),
                                                   fmt::format("'{}' calls itself{}", name, how)));
    finding.where = context.place(cycle.front().caller->getLocation());
    for (const UnitCall& call : cycle)
      finding.path.push_back(
          {context.place(call.call->getBeginLoc()),
           fmt::format("'{}' calls '{}'", call.caller->getNameAsString(), call.callee->getNameAsString())});
    finding.hint = "use a loop, or count the depth and stop at a limit that the stack can bear";
  }
}

}  // namespace

constinit const CallRule kPms503Recursion = {
    .info = {"PMS503", "recursion", "No function of a unit calls itself, directly or through others.",
             report::Level::kAdvisory, 674},
    .judge = judge};

}  // namespace proofmark::analyze
