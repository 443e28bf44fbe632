// SPDX-License-Identifier: Apache-2.0
//
// Verdicts of flag rules that the samples cannot reach: compilers that are not installed, policies that ask for less.
#include "rules/flag_rule.h"

#include <cstdio>
#include <fstream>
#include <map>

#include <unistd.h>

#include <fmt/format.h>

#include "report/check.h"
#include "report/policy.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;
using proofmark::report::Policy;
using State = FlagVerdict::State;

Policy policy_with(const char* parameters) {
  const std::string file = fmt::format("/tmp/proofmark-policy-{}.json", ::getpid());
  std::ofstream(file) << R"({"name": "t", "version": 1, "rules": {}, "parameters": )" << parameters << "}";
  auto policy = Policy::load(file);
  std::remove(file.c_str());
  return policy ? *policy : Policy();
}

EffectiveFlags nothing(CompilerKind kind, int major, const char* target) {
  EffectiveFlags flags;
  flags.compiler = {kind, fmt::format("{}.1.0", major), major, target, ""};
  return flags;
}

State state(const FlagRule& rule, const EffectiveFlags& effective, const Policy& policy = Policy()) {
  return rule.check({Unit(), effective, policy}).state;
}

const FlagRule& rule_that_advises(std::string_view flag) {
  static const std::map<std::string_view, const FlagRule*> kRules = {
      {"-D_FORTIFY_SOURCE=3", &kPmf002Fortify},
      {"-fstack-protector-strong", &kPmf003StackProtector},
      {"-fstack-clash-protection", &kPmf004StackClash},
      {"-fcf-protection=full", &kPmf005BranchProtection},
      {"-mbranch-protection=standard", &kPmf005BranchProtection},
      {"-ftrivial-auto-var-init=zero", &kPmf007AutoVarInit},
      {"-fno-delete-null-pointer-checks", &kPmf008NullChecks},
      {"-fstrict-flex-arrays=3", &kPmf011StrictFlexArrays},
      {"-ffile-prefix-map=", &kPmf013NoBuildPath}};
  return *kRules.at(flag);
}

State state_with(CompilerKind kind, Since version, const FlagSupport& support) {
  EffectiveFlags flags = nothing(kind, version.major, support.machine.empty() ? "x86_64" : support.machine.data());
  flags.compiler.version = fmt::format("{}.{}.0", version.major, version.minor);
  flags.fortify_level = 2;
  return state(rule_that_advises(support.flag), flags);
}

// Neither a flag that the compiler refuses is advised, nor is a compiler blamed that has it.
std::string compilers_are_blamed_until_they_have_the_flag() {
  std::string wrong;
  for (const FlagSupport& support : flag_support())
    for (const CompilerKind kind : {CompilerKind::kGcc, CompilerKind::kClang}) {
      const Since first = kind == CompilerKind::kGcc ? support.gcc : support.clang;
      const Since before = first.minor > 0 ? Since{first.major, first.minor - 1} : Since{first.major - 1, 99};
      wrong += holds(state_with(kind, before, support) == State::kUnsupported,
                     fmt::format("{} is too new for {}", support.flag, before.text()));
      wrong += holds(state_with(kind, first, support) == State::kBroken,
                     fmt::format("{} is advised to {}", support.flag, first.text()));
    }
  return wrong;
}
std::string old_compiler_without_any_fortification_is_advised_level_2() {
  const EffectiveFlags gcc = nothing(CompilerKind::kGcc, 11, "x86_64-linux-gnu");
  const FlagVerdict verdict = kPmf002Fortify.check({Unit(), gcc, Policy()});
  return holds(verdict.state == State::kBroken, "level 0 is the unit's fault") +
         same(verdict.hint, "compile with -O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2");
}
std::string policy_may_accept_level_2() {
  EffectiveFlags flags = nothing(CompilerKind::kGcc, 12, "x86_64-linux-gnu");
  flags.fortify_level = 2;
  return holds(state(kPmf002Fortify, flags) == State::kBroken, "level 2 is too low") +
         holds(state(kPmf002Fortify, flags, policy_with(R"({"PMF002": {"minimum": 2}})")) == State::kHeld, "accepted");
}
std::string level_3_of_an_old_gcc_is_level_2() {
  EffectiveFlags flags = nothing(CompilerKind::kGcc, 11, "x86_64-linux-gnu");
  flags.fortify_level = 3;
  return holds(state(kPmf002Fortify, flags) == State::kUnsupported, "not level 3");
}
std::string every_rule_fails_a_bare_unit() {
  // A rule that holds for a compiler that promises nothing would never find anything. PMF014 looks for flags instead,
  // PMF012 at C++ only.
  const EffectiveFlags bare = nothing(CompilerKind::kClang, 19, "x86_64-linux-gnu");
  std::string wrong;
  Unit unit;
  unit.directory = "/b";
  unit.source = "a.cpp";
  unit.language = Language::kCxx;
  for (const FlagRule* rule : flag_rules())
    if (rule != &kPmf014WarningsWeakened)
      wrong += holds(rule->check({unit, bare, Policy()}).state == State::kBroken, rule->info.id);
  return wrong;
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<compilers_are_blamed_until_they_have_the_flag>("compilers_are_blamed_until_they_have_the_flag"),
      named<old_compiler_without_any_fortification_is_advised_level_2>(
          "old_compiler_without_any_fortification_is_advised_level_2"),
      named<policy_may_accept_level_2>("policy_may_accept_level_2"),
      named<level_3_of_an_old_gcc_is_level_2>("level_3_of_an_old_gcc_is_level_2"),
      named<every_rule_fails_a_bare_unit>("every_rule_fails_a_bare_unit"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
