// SPDX-License-Identifier: Apache-2.0
//
// The shape of a flag rule (PMF###): it looks at what the compiler said its flags mean for one unit and answers held,
// broken, not applicable or not possible with this compiler. Message, level and place are made by the caller.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "compile/effective.h"
#include "report/finding.h"

namespace proofmark::report {
class Policy;
}

namespace proofmark::analyze {

struct FlagInput {
  const Unit& unit;
  const EffectiveFlags& effective;
  const report::Policy& policy;
};

struct FlagVerdict {
  enum class State { kHeld, kBroken, kNotApplicable, kUnsupported };
  State state = State::kHeld;
  std::string text;  // kBroken: "requested X, effective Y: ..."; kNotApplicable: why; kUnsupported: what is missing
  std::string hint;  // the flag to add

  static FlagVerdict held() { return {}; }
  static FlagVerdict broken(std::string text, std::string hint) {
    return {State::kBroken, std::move(text), std::move(hint)};
  }
  static FlagVerdict not_applicable(std::string why) { return {State::kNotApplicable, std::move(why), ""}; }
  static FlagVerdict unsupported(std::string what) { return {State::kUnsupported, std::move(what), ""}; }
};

struct FlagRule {
  report::RuleInfo info;
  FlagVerdict (*check)(const FlagInput&);
  std::string_view property;  // the evidence property that the rule establishes, empty = none
};

extern const FlagRule kPmf001Optimisation, kPmf002Fortify, kPmf003StackProtector, kPmf004StackClash,
    kPmf005BranchProtection, kPmf006PositionIndependent, kPmf007AutoVarInit, kPmf008NullChecks, kPmf009StrictOverflow,
    kPmf010StrictAliasing, kPmf011StrictFlexArrays, kPmf012GlibcxxAssertions, kPmf013NoBuildPath,
    kPmf014WarningsWeakened;

std::span<const FlagRule* const> flag_rules();

}  // namespace proofmark::analyze
