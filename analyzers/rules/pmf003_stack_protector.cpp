// SPDX-License-Identifier: Apache-2.0
//
// PMF003: a canary between local buffers and the return address, in every function that has a buffer or takes the address
// of a local.
#include "rules/flag_rule.h"

namespace proofmark::analyze {
namespace {

const char* name_of(StackProtector kind) {
  switch (kind) {
    case StackProtector::kNone:
      return "none";
    case StackProtector::kPlain:
      return "-fstack-protector (only arrays of 8 bytes and more)";
    case StackProtector::kStrong:
      return "-fstack-protector-strong";
    case StackProtector::kAll:
      return "-fstack-protector-all";
  }
  return "unknown";
}

FlagVerdict check(const FlagInput& in) {
  const StackProtector effective = in.effective.stack_protector;
  const FlagView view{find_request(in.unit.flags, {"-fstack-protector-strong", "-fstack-protector-all"},
                                   {"-fno-stack-protector*", "-fstack-protector", "-fstack-protector-explicit"}),
                      name_of(effective)};
  if (effective >= StackProtector::kStrong) return view.held();
  return view.lacking(in.effective.compiler, "-fstack-protector-strong")
      .value_or(view.broken("compile with -fstack-protector-strong, after any flag that turns it off"));
}

}  // namespace

constinit const FlagRule kPmf003StackProtector = {
    {"PMF003", "stack-protector-strong", "Functions with buffers carry a stack canary (-fstack-protector-strong).",
     report::Level::kMust, 121},
    check,
    "canary"};

}  // namespace proofmark::analyze
