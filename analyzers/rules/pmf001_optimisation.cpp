// SPDX-License-Identifier: Apache-2.0
//
// PMF001: without optimisation FORTIFY_SOURCE does nothing, silently. Any level from -O1 up, -Os and -Oz count.
#include "rules/flag_rule.h"

namespace proofmark::analyze {
namespace {

FlagVerdict check(const FlagInput& in) {
  const FlagView view{find_request(in.unit.flags, {"-O", "-O1", "-O2", "-O3", "-Os", "-Oz", "-Og", "-Ofast"}, {"-O0"}),
                      in.effective.optimised ? "optimised" : "-O0"};
  return in.effective.optimised ? view.held() : view.broken("compile with -O2");
}

}  // namespace

constinit const FlagRule kPmf001Optimisation = {
    {"PMF001", "optimisation", "Code is compiled with optimisation, without which FORTIFY_SOURCE has no effect.",
     report::Level::kMust, 693},
    check,
    ""};

}  // namespace proofmark::analyze
