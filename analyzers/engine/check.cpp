// SPDX-License-Identifier: Apache-2.0
//
// The check; see check.h.
#include "engine/check.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/assembly_check.h"
#include "engine/flag_check.h"
#include "engine/link_check.h"
#include "engine/parse.h"
#include "engine/policy_context.h"
#include "engine/worker_pool.h"
#include "report/digest.h"
#include "report/file.h"
#include "rules/unit_rules.h"

namespace proofmark::analyze {
namespace {

// The directory that holds all sources. Sources in places that have only "/usr" or "/tmp" in common have none.
std::string common_directory(const std::vector<CompileCommand>& commands) {
  std::filesystem::path common;
  for (const CompileCommand& command : commands) {
    std::error_code error;
    const auto source = std::filesystem::weakly_canonical(command.absolute_file(), error);
    const auto directory = source.parent_path();
    if (error || common.empty()) {
      common = directory;
      continue;
    }
    const auto parted = std::mismatch(common.begin(), common.end(), directory.begin(), directory.end());
    std::filesystem::path shared;
    for (auto part = common.begin(); part != parted.first; ++part) shared /= *part;
    common = shared;
  }
  constexpr long kLeastParts = 3;  // "/", "home", "project"
  return std::distance(common.begin(), common.end()) < kLeastParts ? "" : common.string();
}

UnitResult result_of(const TaskOutcome& outcome) {
  if (!outcome.finished) return failed_unit("the analysis " + outcome.failure);
  auto result = unit_result_from_json(outcome.output);
  return result ? std::move(*result) : failed_unit("the analysis ended without a result");
}

// A unit that is ready to be parsed.
struct ReadyUnit {
  Unit unit;
  std::shared_ptr<const EffectiveFlags> effective;
  size_t record;  // index in CheckOutcome::units
};

class Check {
 public:
  explicit Check(const CheckOptions& options)
      : options_(options), settings_(options.parse), policy_(*options.parse.policy), resolver_(options.resolver) {}

  CheckOutcome run(const std::vector<CompileCommand>& commands) {
    settings_.project_root = common_directory(commands);
    for (const CompileCommand& command : commands) prepare(command);
    for (size_t i = 0; i < outcome_.units.size(); ++i) outcome_.layers[i].name = outcome_.units[i].name;
    parse_all();
    conclude_properties();
    judge_links();
    outcome_.toolchain = resolver_.answers();
    return std::move(outcome_);
  }

 private:
  void add(const report::RuleInfo& info, const CompileCommand& command, std::string message, std::string hint) {
    report::Finding finding = report::make_finding(info, policy_.level(info), std::move(message));
    if (finding.level == report::Level::kOff) return;
    finding.hint = std::move(hint);
    finding.where.file = command.absolute_file().string();
    finding.unit = command.file;
    outcome_.findings.push_back(std::move(finding));
  }

  void prepare(const CompileCommand& command) {
    report::CheckedUnit& record = outcome_.units.emplace_back();
    report::UnitLayers& layers = outcome_.layers.emplace_back();
    record.source = command.file;
    record.name = command.absolute_file().string();
    record.source_sha256 = report::sha256_file(command.absolute_file()).value_or("");
    outcome_.files_read.insert(command.absolute_file().string());
    auto unit = prepare_unit(command);
    if (!unit) return give_up(kPmt003FlagsUnknown, command, unit.error());
    record.name = unit->debug_name();
    record.command_sha256 = unit->command_sha256;
    if (unit->language == Language::kAssembler) {
      record.analysed = true;
      add(kPmt004AssemblyUnit, command, "assembly is not analysed", "");
      return judge_assembly(*unit, command);
    }
    const auto effective = resolver_.resolve(*unit);
    if (!effective) return give_up(kPmt003FlagsUnknown, command, effective.error());
    const auto warnings = resolver_.warnings(*unit, **effective, options_.parse.enforced);
    const report::Policy policy = policy_.resolved(policy_context(*unit, **effective, options_.parse.artifact));
    FlagOutcome flags = check_flags({*unit, **effective, policy, warnings ? &*warnings : nullptr}, properties_);
    // A replayed answer may come from a machine with other files.
    if (resolver_.executes())
      for (const std::string& file : (*effective)->depends_on)
        if (std::error_code error; std::filesystem::exists(file, error)) outcome_.files_read.insert(file);
    outcome_.findings.insert(outcome_.findings.end(), flags.findings.begin(), flags.findings.end());
    layers.compiler = (*effective)->compiler.describe();
    layers.protections = std::move(flags.protections);
    judge_compiler(*unit, **effective);
    ready_.push_back({std::move(*unit), *effective, outcome_.units.size() - 1});
  }

  // CVE-2023-4039 belongs to the compiler, whatever the unit asks of it: its place is the compiler, and what is said
  // again of one place is dropped. What can't be asked stays unsaid: PME020 looks at the code.
  void judge_compiler(const Unit& unit, const EffectiveFlags& effective) {
    const Compiler& compiler = effective.compiler;
    if (compiler.kind != CompilerKind::kGcc || !effective.is_arch("aarch64")) return;
    const report::Level level = policy_.level(kPmt005FrameLayout);
    if (level == report::Level::kOff || !resolver_.guard_above_return(unit, effective).value_or(false)) return;
    report::Finding finding = report::make_finding(
        kPmt005FrameLayout, level,
        compiler.describe() +
            " puts the canary above the return address: variable arrays reach it unguarded (CVE-2023-4039)");
    finding.where.file = compiler.resolved;
    finding.hint = "use a GCC with the fix, or Clang; keep variable arrays and alloca out of the code until then";
    outcome_.findings.push_back(std::move(finding));
  }

  void judge_assembly(const Unit& unit, const CompileCommand& command) {
    const auto effective = resolver_.resolve(unit);
    const AssemblyFacts facts = assembly_facts(unit, effective ? effective->get() : nullptr, resolver_.executes());
    for (const AssemblyRule* rule : assembly_rules())
      if (auto fault = rule->judge(facts)) add(rule->info, command, std::move(fault->message), std::move(fault->hint));
  }

  void give_up(const report::RuleInfo& info, const CompileCommand& command, const report::Error& error) {
    outcome_.incomplete = true;
    add(info, command, error.message, error.hint);
  }

  void parse_all() {
    size_t done = 0;
    const auto task = [this](size_t i) {
      return unit_result_to_json(parse_unit(ready_[i].unit, *ready_[i].effective, settings_));
    };
    const auto finished = [&](size_t i, TaskOutcome outcome) {
      take(ready_[i], result_of(outcome));
      if (options_.progress) options_.progress(++done, ready_.size());
    };
    run_in_processes(ready_.size(), {options_.jobs, options_.parse.time_limit}, task, finished);
  }

  void take(const ReadyUnit& ready, UnitResult result) {
    report::CheckedUnit& record = outcome_.units[ready.record];
    record.analysed = result.analysed;
    PropertyState& warnings = properties_["warnings-as-errors"];
    PropertyState& paths = properties_["path-sensitive"];
    (result.analysed ? paths.held : paths.broken) = true;
    for (report::Finding& finding : result.findings) {
      if (finding.rule.starts_with("PMW") && finding.level == report::Level::kMust) warnings.broken = true;
      outcome_.findings.push_back(std::move(finding));
    }
    (result.analysed ? warnings.held : warnings.broken) = true;
    outcome_.files_read.insert(result.files_read.begin(), result.files_read.end());
    outcome_.layers[ready.record].functions = std::move(result.functions);
    if (result.analysed) return;
    const CompileCommand command{ready.unit.directory, ready.unit.database_file, {}};
    give_up(kPmt001UnitNotAnalysed, command, {"this unit could not be analysed: " + result.failure, ""});
  }

  // The audit proves what the linked file has; here it is said which command lost it.
  void judge_links() {
    LinkOutcome links = check_links(options_.links, resolver_, policy_);
    outcome_.findings.insert(outcome_.findings.end(), links.findings.begin(), links.findings.end());
    outcome_.layers.insert(outcome_.layers.end(), links.layers.begin(), links.layers.end());
    outcome_.incomplete |= links.incomplete;
  }

  void conclude_properties() {
    for (std::string_view name : report::kPropertyNames) {
      const auto found = properties_.find(name);
      if (found != properties_.end() && found->second.held && !found->second.broken)
        outcome_.properties.emplace_back(name);
    }
  }

  const CheckOptions& options_;
  ParseSettings settings_;
  const report::Policy& policy_;
  FlagResolver resolver_;
  Properties properties_;
  std::vector<ReadyUnit> ready_;
  CheckOutcome outcome_;
};

}  // namespace

CheckOutcome check_units(const std::vector<CompileCommand>& commands, const CheckOptions& options) {
  return Check(options).run(commands);
}

}  // namespace proofmark::analyze
