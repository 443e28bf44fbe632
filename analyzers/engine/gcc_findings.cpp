// SPDX-License-Identifier: Apache-2.0
//
// GCC's findings; see gcc_findings.h.
#include "engine/gcc_findings.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "compile/gcc_diagnostics.h"
#include "compile/process.h"
#include "rules/gcc_rule.h"
#include "rules/unit_rules.h"

namespace proofmark::analyze {
namespace {

constexpr int kFirstWithJson = 9, kLastWithJson = 15;
constexpr size_t kMaxOutput = 64u << 20;
// The compiler inherits the worker's limit of processor time; this one, by the clock, is for a machine that is busy.
constexpr int kPatience = 4;

struct NotHeard {
  std::string why;
  report::Location where;  // of the error in the unit that made GCC give up; else no file
};
using Diagnostics = tl::expected<std::vector<GccDiagnostic>, NotHeard>;

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, std::min<size_t>(text.find('\n'), 300)));
}

tl::unexpected<NotHeard> not_heard(std::string why, report::Location where = {}) {
  return tl::unexpected(NotHeard{std::move(why), std::move(where)});
}

Diagnostics ask(const Unit& unit, const EffectiveFlags& effective, const ParseSettings& settings) {
  const Compiler& compiler = effective.compiler;
  if (compiler.major < kFirstWithJson || compiler.major > kLastWithJson)
    return not_heard(fmt::format("its diagnostics cannot be read (expected GCC {} to {}, found {})", kFirstWithJson,
                                 kLastWithJson, compiler.version));
  const Words argv =
      gcc_diagnostics_command(unit, effective, gcc_warning_words(compiler.major, unit.language == Language::kC));
  ProcessOptions options{"", unit.environment, kPatience * settings.time_limit};
  options.own_group = true;
  options.max_output = kMaxOutput;
  const auto output = run_process(argv, unit.directory, options);
  if (!output) return not_heard(output.error().message);
  auto said = read_gcc_diagnostics(output->err, unit.directory);
  if (output->exit_code == 0) {
    if (!said) return not_heard(said.error().message);
    return std::move(*said);
  }
  // A crash of the compiler has an exit code of its own.
  const bool refused = output->exit_code == 1;
  if (said)
    for (const GccDiagnostic& one : *said)
      if (one.is_error)
        return not_heard(fmt::format("error in {}:{}: {}", one.where.file, one.where.line, first_line(one.message)),
                         refused ? one.where : report::Location());
  return not_heard(fmt::format("exit code {}: {}", output->exit_code, first_line(output->err)));
}

bool is_below(const std::string& file, const std::string& directory) {
  return !directory.empty() && file.starts_with(directory) &&
         (directory.back() == '/' || file.substr(directory.size()).starts_with('/'));
}

// GCC says little about system headers, but a macro or an inlined function of theirs may be the place.
bool is_of_system(const std::string& file, const EffectiveFlags& effective) {
  return is_below(file, effective.builtin_dir) ||
         std::ranges::any_of(effective.include_dirs, [&](const std::string& dir) { return is_below(file, dir); });
}

bool wants_any(const report::Policy& policy) {
  return std::ranges::any_of(gcc_rules(), [&](const auto& rule) { return policy.level(rule) != report::Level::kOff; });
}

void append(GccDiagnostic& said, const report::Policy& policy, std::vector<report::Finding>& findings) {
  const report::RuleInfo* const rule = gcc_rule_for(said.option);
  if (rule == nullptr || said.message.empty() || policy.level(*rule) == report::Level::kOff) return;
  report::Finding finding = report::make_finding(*rule, policy.level(*rule), std::move(said.message));
  if (said.cwe != 0) finding.cwe = said.cwe;
  finding.tag = std::move(said.option);
  finding.where = std::move(said.where);
  finding.path = std::move(said.path);
  findings.push_back(std::move(finding));
}

// By the beginnings of rules' ids or of compiler warnings' tags: who else reports the weakness, or names it more closely.
struct Overlap {
  std::string_view rule;
  std::string_view others[6];
};

constexpr Overlap kOverlaps[] = {
    {"PMG001", {"PMS101", "PMS102", "PMS103", "PMW010", "PMW011"}},
    {"PMG002", {"PMS101", "PMS104", "PMW010", "PMW011"}},
    {"PMG003", {"PMS101", "PMS102", "PMS103", "PMS104", "PMW010", "PMW011"}},
    {"PMG004", {"PMS101", "PMW009", "PMW011", "-Wformat-overflow"}},
    {"PMG005", {"PMW009", "-Wformat-truncation"}},
    {"PMG006", {"PMS106", "PMS107", "PMG007"}},
    {"PMG007", {"PMS106", "PMS107"}},
    {"PMG008", {"PMS112", "-Wfree-nonheap-object"}},
    {"PMG009", {"PMS111", "PMW012"}},
    {"PMG010", {"PMS105", "-Wnonnull"}},
    {"PMG011", {"PMS105"}},
    {"PMG012", {"PMS109", "PMW007"}},
    {"PMG013", {"PMS108", "PMG014"}},
    {"PMG014", {"PMS118", "PMS108"}},
    {"PMG015", {"PMS115", "PMS119"}},
    {"PMG017", {"-Wimplicit-fallthrough"}},
    {"PMG018", {"PMS416"}},
    {"PMG019", {"PMS120", "PMW013"}},
};

// The tags of GCC's own findings are not those of the warnings of the parse.
bool is(const report::Finding& finding, std::string_view what) {
  if (what.empty()) return false;
  return finding.rule.starts_with(what) || (!finding.rule.starts_with("PMG") && finding.tag.starts_with(what));
}

// The step of the path where what is lost was taken.
const report::Location* origin_of(const report::Finding& finding) {
  const auto step = std::ranges::find_if(finding.path, [](const report::PathStep& one) {
    return one.message.find("allocated") != std::string::npos || one.message.find("opened") != std::string::npos;
  });
  return step == finding.path.end() ? nullptr : &step->where;
}

bool is_leak(const report::Finding& finding, std::initializer_list<std::string_view> rules) {
  return std::ranges::find(rules, finding.rule) != rules.end() && origin_of(finding) != nullptr;
}

bool is_same_leak(const report::Finding& of_gcc, const report::Finding& other) {
  if (other.cwe != of_gcc.cwe || other.level < of_gcc.level || !is_leak(other, {"PMS108", "PMS118"})) return false;
  const report::Location &one = *origin_of(of_gcc), &two = *origin_of(other);
  return one.file == two.file && one.line == two.line;
}

}  // namespace

void append_gcc_findings(const Unit& unit, const EffectiveFlags& effective, const ParseSettings& settings,
                         const UnitReads& reads, UnitResult& result) {
  const report::Policy& policy = *settings.policy;
  if (!wants_any(policy)) return;
  Diagnostics said = ask(unit, effective, settings);
  if (said) {
    for (GccDiagnostic& one : *said)
      if (!one.where.file.empty() && !is_of_system(one.where.file, effective)) append(one, policy, result.findings);
    return;
  }
  // An error in a text that is known to be the same will be there again.
  const bool lasting = std::ranges::any_of(reads.content, [&](const auto& read) {
    return std::filesystem::path(read.first).lexically_normal() == said.error().where.file;
  });
  result.lasting = lasting && (result.analysed || result.lasting);
  if (!result.analysed) return;  // then the unit is reported as a whole
  result.failure = "GCC was not heard";
  const report::Level level = policy.level(kPmt006GccNotHeard);
  if (level == report::Level::kOff) return;
  report::Finding finding =
      report::make_finding(kPmt006GccNotHeard, level, unit.driver + " did not say what it finds: " + said.error().why);
  finding.where.file = unit.absolute_source().string();
  result.findings.push_back(std::move(finding));
}

bool gcc_is_superfluous(const report::Finding& one, const report::Finding& other) {
  if (!one.rule.starts_with("PMG") || other.level < one.level) return false;
  return std::ranges::any_of(kOverlaps, [&](const Overlap& overlap) {
    return one.rule == overlap.rule &&
           std::ranges::any_of(overlap.others, [&](std::string_view what) { return is(other, what); });
  });
}

void drop_leaks_told_twice(const std::vector<FunctionLines>& functions, std::vector<report::Finding>& findings) {
  const auto in_one_function = [&](const report::Finding& one, const report::Finding& two) {
    return std::ranges::any_of(functions, [&](const FunctionLines& function) {
      return function.holds(one.where) && function.holds(two.where);
    });
  };
  const auto told_twice = [&](const report::Finding& one) {
    return is_leak(one, {"PMG013", "PMG014"}) && std::ranges::any_of(findings, [&](const report::Finding& other) {
             return is_same_leak(one, other) && in_one_function(one, other);
           });
  };
  std::vector<report::Finding> kept;
  std::ranges::remove_copy_if(findings, std::back_inserter(kept), told_twice);
  findings = std::move(kept);
}

}  // namespace proofmark::analyze
