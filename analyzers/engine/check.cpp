// SPDX-License-Identifier: Apache-2.0
//
// The check; see check.h.
#include "engine/check.h"

#include <fmt/format.h>

#include "engine/assembly_check.h"
#include "engine/changed_units.h"
#include "engine/flag_check.h"
#include "engine/link_check.h"
#include "engine/policy_context.h"
#include "engine/unit_runs.h"
#include "report/digest.h"
#include "report/file.h"
#include "rules/unit_rules.h"

namespace proofmark::analyze {
namespace {

// A unit that is ready to be parsed.
struct ReadyUnit {
  Unit unit;
  std::shared_ptr<const EffectiveFlags> effective;
  size_t record;  // index in CheckOutcome::units
};

class Check {
 public:
  explicit Check(const CheckOptions& options)
      : options_(options), policy_(*options.parse.policy), resolver_(options.resolver) {}

  CheckOutcome run(std::vector<CompileCommand> commands) {
    if (options_.changed) commands = changed_units(commands, *options_.changed, resolver_, run_options());
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

  RunOptions run_options() const {
    return {options_.parse, options_.relocation, options_.jobs,
            options_.cache, options_.progress,   options_.gcc_diagnostics};
  }

  void parse_all() {
    std::vector<UnitJob> jobs;
    for (const ReadyUnit& ready : ready_) jobs.push_back({&ready.unit, ready.effective});
    UnitRuns runs = run_units(jobs, run_options());
    for (size_t i = 0; i < ready_.size(); ++i) take(ready_[i], std::move(runs.results[i]));
    outcome_.from_cache = runs.from_cache;
    outcome_.paths = runs.paths;
    outcome_.fresh = ready_.size() - runs.from_cache;
    outcome_.analyses = runs.analyses;
  }

  void take(const ReadyUnit& ready, UnitResult result) {
    report::CheckedUnit& record = outcome_.units[ready.record];
    record.analysed = result.analysed;
    PropertyState& warnings = properties_["warnings-as-errors"];
    PropertyState& paths = properties_["path-sensitive"];
    (result.analysed && !options_.shallow ? paths.held : paths.broken) = true;
    for (report::Finding& finding : result.findings) {
      if (finding.rule.starts_with("PMW") && finding.level == report::Level::kMust) warnings.broken = true;
      outcome_.findings.push_back(std::move(finding));
    }
    (result.analysed ? warnings.held : warnings.broken) = true;
    outcome_.source_waivers.insert(outcome_.source_waivers.end(), result.waivers.begin(), result.waivers.end());
    outcome_.files_read.insert(result.files_read.begin(), result.files_read.end());
    outcome_.layers[ready.record].functions = std::move(result.functions);
    if (options_.fixes)
      outcome_.fixes.push_back({record.source, std::move(result.fixes), std::move(result.files_read)});
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
      if (found == properties_.end()) continue;
      if (found->second.broken)
        outcome_.broken.emplace_back(name);
      else if (found->second.held)
        outcome_.properties.emplace_back(name);
    }
  }

  const CheckOptions& options_;
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
