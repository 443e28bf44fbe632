// SPDX-License-Identifier: Apache-2.0
//
// PMF011: only "[]" makes a flexible array. Otherwise every array at the end of a structure has an unknown size, which
// blinds FORTIFY_SOURCE and the bounds checks.
#include "rules/flag_rule.h"

#include <fmt/format.h>

namespace proofmark::analyze {
namespace {

FlagVerdict check(const FlagInput& in) {
  constexpr int kStrictest = 3;
  const FlagView view{find_request(in.unit.flags, {"-fstrict-flex-arrays=3", "-fstrict-flex-arrays"},
                                   {"-fstrict-flex-arrays=*", "-fno-strict-flex-arrays"}),
                      fmt::format("level {}", in.effective.strict_flex_arrays)};
  if (in.effective.strict_flex_arrays >= kStrictest) return view.held();
  return view.lacking(in.effective.compiler, "-fstrict-flex-arrays=3")
      .value_or(view.broken("compile with -fstrict-flex-arrays=3"));
}

}  // namespace

constinit const FlagRule kPmf011StrictFlexArrays = {
    {"PMF011", "strict-flex-arrays", "Only arrays declared with [] count as flexible (-fstrict-flex-arrays=3).",
     report::Level::kMust, 787},
    check,
    ""};

}  // namespace proofmark::analyze
