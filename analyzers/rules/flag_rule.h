// SPDX-License-Identifier: Apache-2.0
//
// The shape of a flag rule (PMF###): it looks at what the compiler said its flags mean for one unit and answers held,
// broken, not applicable or not possible with this compiler. Message, level and place are made by the caller.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "compile/effective.h"
#include "compile/flag_support.h"
#include "compile/options.h"
#include "compile/warning_state.h"
#include "report/finding.h"

namespace proofmark::report {
class Policy;
}

namespace proofmark::analyze {

struct FlagInput {
  const Unit& unit;
  const EffectiveFlags& effective;
  const report::Policy& policy;
  const WarningState* warnings = nullptr;  // null: the compiler could not be asked
};

struct FlagVerdict {
  enum class State { kHeld, kBroken, kNotApplicable, kUnsupported };
  State state = State::kHeld;
  std::string text;  // kBroken: "requested X, effective Y: ..."; kNotApplicable: why; kUnsupported: what is missing
  std::string hint;  // the flag to add
  std::string requested;  // the words of the command that decide, in their order
  std::string effective;  // what the compiler makes of them, "none"

  static FlagVerdict not_applicable(std::string why) { return {State::kNotApplicable, std::move(why), "", "", ""}; }
};

// One look of a rule at one unit: what was requested and what is effective are the same whatever the verdict.
struct FlagView {
  Request request;
  std::string effective;

  FlagVerdict held() const { return verdict(FlagVerdict::State::kHeld, "", ""); }
  FlagVerdict broken(std::string hint) const { return broken(request.explain(effective), std::move(hint)); }
  FlagVerdict broken(std::string text, std::string hint) const {
    return verdict(FlagVerdict::State::kBroken, std::move(text), std::move(hint));
  }
  // Unsupported, when the compiler is too old for the flag that a rule would advise.
  std::optional<FlagVerdict> lacking(const Compiler& compiler, std::string_view flag) const {
    const auto since = lacks_flag(compiler, flag);
    if (!since) return std::nullopt;
    return verdict(FlagVerdict::State::kUnsupported, std::string(flag) + " (" + *since + ")", "");
  }

 private:
  FlagVerdict verdict(FlagVerdict::State state, std::string text, std::string hint) const {
    return {state, std::move(text), std::move(hint), request.words, effective};
  }
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
