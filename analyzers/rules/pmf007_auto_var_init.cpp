// SPDX-License-Identifier: Apache-2.0
//
// PMF007: local variables that the program forgets to initialise read as zero, not as what an attacker left on the stack.
#include "rules/flag_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const FlagInput& in) {
  const FlagView view{find_request(in.unit.flags, {"-ftrivial-auto-var-init=zero"}, {"-ftrivial-auto-var-init=*"}),
                      in.effective.auto_var_init};
  if (view.effective == "zero") return view.held();
  return view.lacking(in.effective.compiler, "-ftrivial-auto-var-init=zero")
      .value_or(view.broken("compile with -ftrivial-auto-var-init=zero"));
}

}  // namespace

constinit const FlagRule kPmf007AutoVarInit = {
    {"PMF007", "auto-var-init", "Local variables start as zero (-ftrivial-auto-var-init=zero).", report::Level::kMust,
     457},
    check,
    "auto-var-init"};

}  // namespace proofmark::analyze
