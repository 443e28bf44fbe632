// SPDX-License-Identifier: Apache-2.0
//
// Random flags about code: what the resolver says of them against what the compiler does with them.
#include <fmt/format.h>

#include "code_oracle.h"
#include "compile/process.h"
#include "compile/resolver.h"
#include "properties.h"
#include "report.h"

namespace proofmark::test {
namespace {

using namespace analyze;

Words command(const Subject& subject, const Words& flags, const Words& rest) {
  Words argv{subject.driver};
  for (const Words* part : {&subject.target, &flags, &rest}) argv.insert(argv.end(), part->begin(), part->end());
  return argv;
}

std::string text(bool value) {
  return value ? "yes" : "no";
}

std::string canary_name(StackProtector kind) {
  return std::to_string(static_cast<int>(kind));
}

int branch_bits(const EffectiveFlags& flags, bool arm64) {
  if (!arm64) return flags.macro_value("__CET__");
  return (flags.has_macro("__ARM_FEATURE_BTI_DEFAULT") ? 1 : 0) |
         (flags.has_macro("__ARM_FEATURE_PAC_DEFAULT") ? 2 : 0);
}

void compare(Agreement& agreement, const EffectiveFlags& told, const ObservedCode& done, bool arm64,
             const Words& flags) {
  const auto one = [&](const char* what, const std::string& claim, const auto& seen, const auto& print) {
    if (seen) agreement.compare(what, claim, print(*seen), flags);
  };
  const auto number = [](int value) { return std::to_string(value); };
  const auto same = [](const std::string& value) { return value; };
  one("optimised", text(told.optimised), done.optimised, text);
  one("canary", canary_name(told.stack_protector), done.canary, number);
  one("clash", text(told.stack_clash_protection), done.stack_clash, text);
  one("init", told.auto_var_init, done.auto_var_init, same);
  one("pic", text(told.position_independent), done.position_independent, text);
  one("null", text(told.keeps_null_checks), done.keeps_null_checks, text);
  one("overflow", text(told.defined_overflow), done.defined_overflow, text);
  one("aliasing", text(told.strict_aliasing), done.strict_aliasing, text);
  one("flex", number(told.strict_flex_arrays), done.flexible_arrays, number);
  one("fortify", number(told.fortify_level), done.fortify, number);
  one("sizes", text(told.fortify_level >= 1), done.checks_sizes, text);
  one("dynamic sizes", text(told.fortify_level >= 3), done.checks_dynamic_sizes, text);
  one("branch", number(branch_bits(told, arm64)), done.branch, number);
}

void one_draw(const Subject& subject, const Words& flags, FlagResolver& resolver, Agreement& agreement) {
  CompileCommand entry{"/", "/probe.c", command(subject, flags, {"-c", "/probe.c"})};
  const auto unit = prepare_unit(entry);
  const auto told = unit ? resolver.resolve(*unit) : tl::unexpected(unit.error());
  const auto done = run_process(command(subject, flags, {"-S", "-o", "-", "-x", "c", "-"}), "/",
                                {kCodeProbe, {}, std::chrono::seconds(60)});
  const bool compiles = done && done->exit_code == 0;
  agreement.compare("accepted", text(told.has_value()), text(compiles), flags);
  if (told && compiles) compare(agreement, **told, observe_code(done->out, subject, flags), subject.is_arm64, flags);
}

}  // namespace

size_t code_property(const Subject& subject, size_t draws, Random& random) {
  FlagResolver resolver;
  Agreement agreement(subject.name);
  for (const Words& flags : code_flags_once_wrong()) one_draw(subject, flags, resolver, agreement);
  for (size_t i = 0; i < draws; ++i) one_draw(subject, draw_code_flags(subject, random), resolver, agreement);
  return agreement.conclude(draws + code_flags_once_wrong().size());
}

}  // namespace proofmark::test
