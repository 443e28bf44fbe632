// SPDX-License-Identifier: Apache-2.0
//
// PMF002: _FORTIFY_SOURCE lets the C library check the size of buffers in memcpy, sprintf and their like. Level 3 also
// covers buffers whose size is only known at run time. The policy may lower the level with the parameter "minimum".
#include "rules/flag_rule.h"

#include <fmt/format.h>

#include "report/policy.h"

namespace proofmark::analyze {
namespace {

constexpr int kDefaultMinimum = 3;

int minimum_level(const report::Policy& policy) {
  const auto& value = policy.parameter("PMF002", "minimum");
  return value.is_number_integer() ? value.get<int>() : kDefaultMinimum;
}

FlagVerdict check(const FlagInput& in) {
  const EffectiveFlags& effective = in.effective;
  if (!effective.hosted) return FlagVerdict::not_applicable("freestanding code has no C library to check its buffers");
  const int minimum = minimum_level(in.policy);
  const FlagView view{find_macro_request(in.unit.flags, "_FORTIFY_SOURCE"),
                      fmt::format("level {}", effective.fortify_level)};
  // A compiler too old for level 3 makes level 2 of it, without a word; less than that is the unit's fault.
  const auto lacking = minimum >= 3 ? view.lacking(effective.compiler, "-D_FORTIFY_SOURCE=3") : std::nullopt;
  const int possible = lacking ? 2 : minimum;
  if (effective.fortify_level >= possible) return lacking.value_or(view.held());
  const std::string requested = requested_macro(in.unit.flags, "_FORTIFY_SOURCE");
  std::string text = fmt::format("{}, effective level {} (expected {})",
                                 requested.empty() ? "not requested" : "requested level " + requested,
                                 effective.fortify_level, possible);
  if (!effective.optimised && !requested.empty()) text += ": it needs optimisation";
  return view.broken(text, fmt::format("compile with -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE={}", possible));
}

}  // namespace

constinit const FlagRule kPmf002Fortify = {
    {"PMF002", "fortify-source", "The C library checks buffer sizes at run time (_FORTIFY_SOURCE=3).",
     report::Level::kMust, 120},
    check,
    "fortify"};

}  // namespace proofmark::analyze
