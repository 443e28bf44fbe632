// SPDX-License-Identifier: Apache-2.0
//
// Verdicts of flag rules that the samples cannot reach: compilers that are not installed, policies that ask for less.
#include "rules/flag_rule.h"

#include <cstdio>
#include <fstream>

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

std::string old_compilers_are_not_blamed_on_the_unit() {
  const EffectiveFlags gcc = nothing(CompilerKind::kGcc, 7, "aarch64-linux-gnu");
  const EffectiveFlags clang = nothing(CompilerKind::kClang, 7, "x86_64-linux-gnu");
  std::string wrong;
  for (const FlagRule* rule : {&kPmf004StackClash, &kPmf007AutoVarInit, &kPmf011StrictFlexArrays})
    for (const EffectiveFlags* old : {&gcc, &clang})
      wrong += holds(state(*rule, *old) == State::kUnsupported, rule->info.name);
  return wrong;
}
std::string new_compilers_are() {
  const EffectiveFlags gcc = nothing(CompilerKind::kGcc, 14, "aarch64-linux-gnu");
  std::string wrong;
  for (const FlagRule* rule : {&kPmf004StackClash, &kPmf007AutoVarInit, &kPmf011StrictFlexArrays})
    wrong += holds(state(*rule, gcc) == State::kBroken, rule->info.name);
  return wrong;
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
      named<old_compilers_are_not_blamed_on_the_unit>("old_compilers_are_not_blamed_on_the_unit"),
      named<new_compilers_are>("new_compilers_are"),
      named<policy_may_accept_level_2>("policy_may_accept_level_2"),
      named<level_3_of_an_old_gcc_is_level_2>("level_3_of_an_old_gcc_is_level_2"),
      named<every_rule_fails_a_bare_unit>("every_rule_fails_a_bare_unit"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
