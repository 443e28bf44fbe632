// SPDX-License-Identifier: Apache-2.0
//
// PMF004: large stack frames touch every page, so that they cannot jump over the guard page into other memory.
#include "rules/flag_rule.h"

namespace proofmark::analyze {
namespace {

// Both compilers accept the option everywhere and do nothing for the targets they lack.
bool has_support(const EffectiveFlags& effective) {
  constexpr int kFirstGcc = 8, kFirstClang = 11, kFirstClangForArm64 = 18;
  const int major = effective.compiler.major;
  if (effective.compiler.kind == CompilerKind::kGcc) return major >= kFirstGcc;
  if (effective.is_arch("aarch64")) return major >= kFirstClangForArm64;
  return effective.is_arch("x86_64") && major >= kFirstClang;
}

FlagVerdict check(const FlagInput& in) {
  const bool on = in.effective.stack_clash_protection;
  const FlagView view{find_request(in.unit.flags, {"-fstack-clash-protection"}, {"-fno-stack-clash-protection"}),
                      on ? "on" : "off"};
  if (on) return view.held();
  if (!has_support(in.effective)) return view.unsupported("-fstack-clash-protection");
  return view.broken("compile with -fstack-clash-protection");
}

}  // namespace

constinit const FlagRule kPmf004StackClash = {
    {"PMF004", "stack-clash-protection", "Large stack frames touch every page they span (-fstack-clash-protection).",
     report::Level::kMust, 770},
    check,
    "stack-clash"};

}  // namespace proofmark::analyze
