// SPDX-License-Identifier: Apache-2.0
//
// PMF004: large stack frames touch every page, so that they cannot jump over the guard page into other memory.
#include "rules/flag_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const FlagInput& in) {
  const bool on = in.effective.stack_clash_protection;
  const FlagView view{find_request(in.unit.flags, {"-fstack-clash-protection"}, {"-fno-stack-clash-protection"}),
                      on ? "on" : "off"};
  if (on) return view.held();
  return view.lacking(in.effective.compiler, "-fstack-clash-protection")
      .value_or(view.broken("compile with -fstack-clash-protection"));
}

}  // namespace

constinit const FlagRule kPmf004StackClash = {
    {"PMF004", "stack-clash-protection", "Large stack frames touch every page they span (-fstack-clash-protection).",
     report::Level::kMust, 770},
    check,
    "stack-clash"};

}  // namespace proofmark::analyze
