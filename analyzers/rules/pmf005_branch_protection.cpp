// SPDX-License-Identifier: Apache-2.0
//
// PMF005: the processor accepts indirect jumps only at marked places and signed or shadowed return addresses: CET on
// x86-64, BTI and PAC on AArch64.
#include "rules/flag_rule.h"

#include <fmt/format.h>

namespace proofmark::analyze {
namespace {

constexpr int kCetBranchAndReturn = 3;

FlagVerdict check_x86(const FlagInput& in) {
  const char* state[] = {"none", "branch only", "return only", "branch and return"};
  const int value = in.effective.macro_value("__CET__");
  const FlagView view{find_request(in.unit.flags, {"-fcf-protection", "-fcf-protection=full"},
                                   {"-fcf-protection=*", "-fno-cf-protection"}),
                      value >= 0 && value <= kCetBranchAndReturn ? state[value] : "unknown"};
  if (value == kCetBranchAndReturn) return view.held();
  return view.lacking(in.effective.compiler, "-fcf-protection=full")
      .value_or(view.broken("compile with -fcf-protection=full"));
}

FlagVerdict check_arm64(const FlagInput& in) {
  const bool bti = in.effective.has_macro("__ARM_FEATURE_BTI_DEFAULT");
  const bool pac = in.effective.has_macro("__ARM_FEATURE_PAC_DEFAULT");
  const char* state[] = {"none", "BTI only", "PAC only", "BTI and PAC"};
  const FlagView view{
      find_request(in.unit.flags,
                   {"-mbranch-protection=standard", "-mbranch-protection=bti+pac*", "-mbranch-protection=pac-ret*+bti"},
                   {"-mbranch-protection=*"}),
      state[(bti ? 1 : 0) + (pac ? 2 : 0)]};
  if (bti && pac) return view.held();
  return view.lacking(in.effective.compiler, "-mbranch-protection=standard")
      .value_or(view.broken("compile with -mbranch-protection=standard"));
}

FlagVerdict check(const FlagInput& in) {
  if (in.effective.is_arch("x86_64")) return check_x86(in);
  if (in.effective.is_arch("aarch64")) return check_arm64(in);
  return FlagVerdict::not_applicable(fmt::format("{} has no branch protection", in.effective.compiler.target));
}

}  // namespace

constinit const FlagRule kPmf005BranchProtection = {
    {"PMF005", "branch-protection",
     "Indirect branches and returns are protected by the processor (CET, or BTI and PAC).", report::Level::kMust, 691},
    check,
    "branch-protection"};

}  // namespace proofmark::analyze
