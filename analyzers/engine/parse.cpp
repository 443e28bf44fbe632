// SPDX-License-Identifier: Apache-2.0
//
// The shared parse; see parse.h.
#include "engine/parse.h"

#include <algorithm>
#include <optional>

#include <unistd.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compile/parse_view.h"
#include "engine/diagnostics.h"
#include "engine/function_facts.h"
#include "engine/gcc_findings.h"
#include "engine/path_explorer.h"
#include "engine/path_reports.h"
#include "engine/policy_context.h"
#include "engine/program_id.h"
#include "engine/recording_files.h"
#include "engine/source_waivers.h"
#include "engine/source_walk.h"
#include "engine/tidy_checks.h"
#include "engine/tidy_overlap.h"
#include "engine/unit_calls.h"
#include "rules/constant_overflow.h"
#include "rules/firmware_rules.h"
#include "rules/path_rule.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <clang/Lex/PreprocessorOptions.h>
#pragma clang diagnostic pop

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;

struct Context {
  const Unit& unit;
  const EffectiveFlags& effective;
  const ParseSettings& settings;
  const EnforcedWarnings& enforced;
  UnitReads& reads;                   // of every attempt: what made the first fail counts, too
  std::vector<FunctionLines>* lines;  // null: not wanted
};

// Runs our own rules when the tree is complete, and then lets the analyzer see a clean slate: it refuses to work after
// any error, but warnings that a policy promoted are not errors in the code's meaning.
class OwnRules : public clang::ASTConsumer {
 public:
  OwnRules(clang::CompilerInstance& compiler, SourceContext& source, const Context& context, UnitResult& result)
      : compiler_(compiler), source_(source), context_(context), result_(result) {}

  void HandleTranslationUnit(clang::ASTContext& tree) override {
    const SourcePlaces places(tree.getSourceManager(), source_.unit().directory);
    find_constant_overflows(tree, places, source_.policy(), result_.findings);
    walk_tree(tree, source_);
    judge_calls(tree);
    if (context_.lines != nullptr) *context_.lines = function_lines(tree, source_);
    if (context_.settings.function_facts) result_.functions = function_facts(tree, source_);
    clang::DiagnosticsEngine& diagnostics = compiler_.getDiagnostics();
    if (!diagnostics.hasUncompilableErrorOccurred()) diagnostics.Reset(/*soft=*/true);
  }

 private:
  void judge_calls(clang::ASTContext& tree) {
    const UnitCalls calls(tree, source_);
    std::vector<report::Finding> findings;
    for (const CallRule* rule : kCallRules)
      if (source_.policy().level(rule->info) != report::Level::kOff) rule->judge(calls, source_, findings);
    result_.findings.insert(result_.findings.end(), std::move_iterator(findings.begin()),
                            std::move_iterator(findings.end()));
  }

  clang::CompilerInstance& compiler_;
  SourceContext& source_;
  const Context& context_;
  UnitResult& result_;
};

// The policy's sources of untrusted data, as the checker takes them.
std::string own_sources(const report::Policy& policy) {
  const nlohmann::json& sources = policy.parameter("PMS115", "sources");
  return sources.is_array() ? fmt::format("{}", fmt::join(sources.get<std::vector<std::string>>(), ";")) : "";
}

class ReadFiles : public clang::DependencyCollector {
 public:
  bool needSystemDependencies() override { return true; }
  bool sawDependency(llvm::StringRef name, bool, bool, bool, bool) override {
    return !name.starts_with("<");  // "<built-in>"
  }
};

class AnalyzeAction : public clang::ASTFrontendAction {
 public:
  AnalyzeAction(const Context& context, UnitResult& result) : context_(context), result_(result) {}

 private:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler, llvm::StringRef) override {
    source_.emplace(context_.unit, context_.effective, context_.settings, compiler, facts_, result_.findings);
    record_facts(compiler.getPreprocessor(), *source_, facts_);
    std::vector<std::unique_ptr<clang::ASTConsumer>> consumers;
    consumers.push_back(std::make_unique<OwnRules>(compiler, *source_, context_, result_));
    if (auto checks = make_tidy_checks(compiler, *context_.settings.policy, context_.unit.directory, result_))
      consumers.push_back(std::move(checks));
    consumers.push_back(make_path_explorer(compiler, path_settings(compiler.getInvocation()), result_));
    return std::make_unique<clang::MultiplexConsumer>(std::move(consumers));
  }

  PathSettings path_settings(const clang::CompilerInvocation& invocation) const {
    const ParseSettings& settings = context_.settings;
    std::string salt = fmt::format("{}\n{}\n{}\n{}\n{}\n", program_id(), settings.max_nodes, settings.quiet_nodes,
                                   own_sources(*settings.policy), language_and_target(invocation));
    for (const PathRule* rule : path_rules()) salt += report::level_name(settings.policy->level(rule->info));
    return {*settings.policy, context_.unit.directory, settings.kept,
            settings.keep,    settings.quiet_nodes,    std::move(salt)};
  }

  // The rest of a command shows in the tokens that the parser sees.
  static std::string language_and_target(const clang::CompilerInvocation& invocation) {
    clang::CompilerInvocation bare(invocation);
    bare.getHeaderSearchOpts() = clang::HeaderSearchOptions();
    bare.getPreprocessorOpts() = clang::PreprocessorOptions();
    bare.getLangOpts().PICLevel = 0;
    bare.getLangOpts().PIE = false;
    return bare.getModuleHash();
  }

  // Also reached when the parse gave up.
  void EndSourceFileAction() override {
    judge_facts(facts_, *source_);
    collect_source_waivers(facts_, *source_, result_);
  }

  const Context& context_;
  UnitResult& result_;
  SourceFacts facts_;
  std::optional<SourceContext> source_;
};

std::shared_ptr<clang::CompilerInvocation> make_invocation(const Words& argv) {
  std::vector<const char*> words;
  for (const std::string& word : argv) words.push_back(word.c_str());
  clang::CreateInvocationOptions options;
  // The allow-list keeps unknown options out; one that slips through must not cost us the unit.
  options.RecoverOnError = true;
  options.Diags =
      clang::CompilerInstance::createDiagnostics(new clang::DiagnosticOptions, new clang::IgnoringDiagConsumer);
  return clang::createInvocation(words, std::move(options));
}

UnitResult parse_once(const Context& context, bool emulate_gcc) {
  UnitResult result;
  ParseOptions options{context.settings.resource_dir, context.settings.enforced, emulate_gcc};
  Words argv = make_parse_view(context.unit, context.effective, options);
  const Words extra = analyzer_words(context.settings.max_nodes, own_sources(*context.settings.policy));
  argv.insert(argv.end() - 1, extra.begin(), extra.end());
  auto invocation = make_invocation(argv);
  if (invocation == nullptr) {
    result.failure = "Clang cannot make sense of the command";
    return result;
  }
  invocation->getAnalyzerOpts().AnalysisDiagOpt = clang::PD_NONE;
  invocation->getDiagnosticOpts().ShowCarets = false;  // else Clang prints "1 error generated." by itself

  clang::CompilerInstance compiler;
  compiler.setInvocation(std::move(invocation));
  DiagnosticCollector diagnostics(context.enforced, *context.settings.policy, context.unit.directory);
  compiler.createDiagnostics(&diagnostics, /*ShouldOwnClient=*/false);
  const auto seen = llvm::makeIntrusiveRefCnt<RecordingFiles>(context.unit.directory);
  compiler.createFileManager(seen);
  auto files = std::make_shared<ReadFiles>();
  compiler.addDependencyCollector(files);
  AnalyzeAction action(context, result);
  compiler.ExecuteAction(action);

  result.failure = diagnostics.hard_error();
  result.analysed = result.failure.empty();
  result.lasting = !result.analysed && diagnostics.hard_error_is_lasting();
  std::vector<report::Finding> warnings = diagnostics.take_findings();
  result.findings.insert(result.findings.begin(), std::move_iterator(warnings.begin()),
                         std::move_iterator(warnings.end()));
  for (Fix& fix : diagnostics.take_fixes()) result.fixes.push_back(std::move(fix));
  for (const std::string& file : files->getDependencies())
    result.files_read.push_back((context.unit.directory / file).lexically_normal().string());
  context.reads.add(seen->reads());
  return result;
}

bool is_bounds_warning(const report::Finding& finding) {
  return finding.rule == kPmw010ArrayBounds.info.id || finding.rule == kPmw011FortifySource.info.id;
}

bool is_bounds_report(const report::Finding& finding) {
  return finding.rule >= "PMS101" && finding.rule <= "PMS104";
}

// A rule on a call as such gives way to one that shows what the call does wrong.
bool gives_way(const report::Finding& general, const report::Finding& other) {
  if (general.rule == "PMS408") return other.rule == "PMS113";
  if (general.rule == "PMS436") return other.rule == "PMS114";
  if (general.rule == "PMS409") return is_bounds_report(other) || is_bounds_warning(other);
  return tidy_makes_superfluous(general, other) || gcc_is_superfluous(general, other);
}

// Our rules, the compiler and the analyzer may all see one defect; the report with the longest path says most.
void keep_best_per_line(std::vector<report::Finding>& findings) {
  const auto on_line_of = [](const report::Finding& a, const report::Finding& b) {
    return a.where.file == b.where.file && a.where.line == b.where.line;
  };
  const auto superfluous = [&](const report::Finding& one) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const auto& other) { return on_line_of(one, other) && gives_way(one, other); });
  };
  std::vector<report::Finding> specific;
  std::remove_copy_if(findings.begin(), findings.end(), std::back_inserter(specific), superfluous);
  findings = std::move(specific);
  std::stable_sort(findings.begin(), findings.end(), [](const auto& a, const auto& b) {
    if (is_bounds_warning(a) != is_bounds_warning(b)) return is_bounds_warning(b);
    return a.path.size() > b.path.size();
  });
  std::vector<report::Finding> kept;
  for (report::Finding& finding : findings) {
    const auto same = [&](const report::Finding& other) {
      if (!on_line_of(other, finding)) return false;
      if (is_bounds_warning(finding)) return is_bounds_report(other);
      return other.rule == finding.rule && (finding.rule.starts_with("PMS") || finding.rule.starts_with("PMG"));
    };
    if (std::none_of(kept.begin(), kept.end(), same)) kept.push_back(std::move(finding));
  }
  findings = std::move(kept);
}

}  // namespace

UnitResult parse_unit(const Unit& unit, const EffectiveFlags& effective, const ParseSettings& settings,
                      UnitReads& reads, bool gcc_diagnostics) {
  UnitResult result;
  const auto enforced = find_enforced_warnings(settings.enforced);
  if (!enforced || ::chdir(unit.directory.c_str()) != 0) {
    result.failure =
        enforced ? unit.directory.string() + ": cannot enter the compile directory" : enforced.error().message;
    return result;
  }
  const report::Policy policy = settings.policy->resolved(policy_context(unit, effective, settings.artifact));
  ParseSettings resolved = settings;
  resolved.policy = &policy;
  const bool is_gcc = effective.compiler.kind == CompilerKind::kGcc;
  gcc_diagnostics = gcc_diagnostics && is_gcc;
  std::vector<FunctionLines> lines;
  const Context context{unit, effective, resolved, *enforced, reads, gcc_diagnostics ? &lines : nullptr};
  result = parse_once(context, /*emulate_gcc=*/true);
  // Some headers choose constructs that only a real GCC understands once __clang__ is hidden.
  if (!result.analysed && is_gcc) {
    UnitResult as_clang = parse_once(context, /*emulate_gcc=*/false);
    if (as_clang.analysed) result = std::move(as_clang);
  }
  if (gcc_diagnostics) append_gcc_findings(unit, effective, resolved, reads, result);
  keep_best_per_line(result.findings);
  drop_leaks_told_twice(lines, result.findings);
  attribute_findings(result.functions, result.findings);
  for (report::Finding& finding : result.findings) finding.unit = unit.database_file;
  return result;
}

}  // namespace proofmark::analyze
