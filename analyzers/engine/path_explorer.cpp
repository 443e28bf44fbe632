// SPDX-License-Identifier: Apache-2.0
//
// Function by function; see path_explorer.h.
#include "engine/path_explorer.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "engine/descriptors.h"
#include "engine/function_keys.h"
#include "engine/function_results.h"
#include "engine/library_models.h"
#include "engine/network_taint.h"
#include "engine/path_reports.h"
#include "engine/source_place.h"
#include "engine/token_stream.h"
#include "engine/unchecked_input.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <clang/Analysis/Analyses/LiveVariables.h>
#include <clang/Analysis/CallGraph.h>
#include <clang/CrossTU/CrossTranslationUnit.h>
#include <clang/StaticAnalyzer/Core/CheckerManager.h>
#include <clang/StaticAnalyzer/Core/PathSensitive/AnalysisManager.h>
#include <clang/StaticAnalyzer/Core/PathSensitive/ExprEngine.h>
#include <clang/StaticAnalyzer/Frontend/CheckerRegistry.h>
#include <llvm/ADT/PostOrderIterator.h>
#pragma clang diagnostic pop

namespace proofmark::analyze {
namespace {

namespace ento = clang::ento;

// Clang's manager sends every report of a unit to the same consumers, which drop what another function's analysis
// reported too; here each function's reports are its own.
class Manager : public ento::AnalysisManager {
 public:
  Manager(clang::CompilerInstance& compiler, ento::CheckerManager& checkers)
      : AnalysisManager(compiler.getASTContext(), compiler.getPreprocessor(), {}, ento::CreateRegionStoreManager,
                        ento::CreateRangeConstraintManager, &checkers, compiler.getAnalyzerOpts()) {}

  llvm::ArrayRef<ento::PathDiagnosticConsumer*> getPathDiagnosticConsumers() override { return consumer_; }
  void send_to(ento::PathDiagnosticConsumer& consumer) { consumer_ = &consumer; }

 private:
  ento::PathDiagnosticConsumer* consumer_ = nullptr;
};

// What came of one function.
struct Exploration {
  std::vector<PathReport> reports;
  std::vector<const clang::FunctionDecl*> inlined;   // followed into: they need no analysis of their own
  std::vector<const clang::FunctionDecl*> too_long;  // of them, those whose loops ended the path
};

// Runs the checkers that need no paths.
class SyntaxChecks : public clang::RecursiveASTVisitor<SyntaxChecks> {
 public:
  SyntaxChecks(ento::CheckerManager& checkers, Manager& manager, ento::BugReporter& reporter)
      : checkers_(checkers), manager_(manager), reporter_(reporter) {}

  bool shouldWalkTypesOfTypeLocs() const { return false; }

  bool VisitDecl(clang::Decl* decl) {
    if (is_wanted(*decl)) checkers_.runCheckersOnASTDecl(decl, manager_, reporter_);
    return true;
  }
  bool VisitFunctionDecl(clang::FunctionDecl* function) {
    if (function->isThisDeclarationADefinition() && !function->isDependentContext() && function->hasBody() &&
        is_wanted(*function))
      checkers_.runCheckersOnASTBody(function, manager_, reporter_);
    return true;
  }

 private:
  bool is_wanted(const clang::Decl& decl) const {
    const clang::SourceLocation place = manager_.getSourceManager().getExpansionLoc(decl.getLocation());
    return place.isValid() && !manager_.getSourceManager().isInSystemHeader(place);
  }

  ento::CheckerManager& checkers_;
  Manager& manager_;
  ento::BugReporter& reporter_;
};

class PathExplorer : public clang::ASTConsumer {
 public:
  PathExplorer(clang::CompilerInstance& compiler, const PathSettings& settings, UnitResult& result)
      : compiler_(compiler),
        settings_(settings),
        result_(result),
        places_(compiler.getSourceManager(), settings.directory),
        uses_keys_(settings.kept != nullptr && FunctionKeys::serves(compiler.getLangOpts())) {
    if (uses_keys_) tokens_.record(compiler.getPreprocessor());
  }

  bool HandleTopLevelDecl(clang::DeclGroupRef group) override {
    declarations_.insert(declarations_.end(), group.begin(), group.end());
    return true;
  }

  void HandleTranslationUnit(clang::ASTContext& tree) override {
    if (compiler_.getDiagnostics().hasUncompilableErrorOccurred()) return;
    const std::function<void(ento::CheckerRegistry&)> own_checkers[] = {
        register_network_taint, register_descriptors, register_unchecked_input, register_library_models};
    ento::CheckerManager checkers(tree, compiler_.getAnalyzerOpts(), compiler_.getPreprocessor(), {}, own_checkers);
    Manager manager(compiler_, checkers);
    checkers_ = &checkers;
    manager_ = &manager;
    check_syntax(tree);
    if (checkers.hasPathSensitiveCheckers()) explore_all(tree);
  }

 private:
  void check_syntax(clang::ASTContext& tree) {
    PathReportCollector collector(tree, settings_.policy, places_);
    manager_->send_to(collector);
    ento::BugReporter reporter(*manager_);
    clang::TranslationUnitDecl* unit = tree.getTranslationUnitDecl();
    checkers_->runCheckersOnASTDecl(unit, *manager_, reporter);
    SyntaxChecks checks(*checkers_, *manager_, reporter);
    for (clang::Decl* decl : declarations_) checks.TraverseDecl(decl);
    checkers_->runCheckersOnEndOfTranslationUnit(unit, *manager_, reporter);
    reporter.FlushReports();
    for (PathReport& report : collector.take_reports()) add(std::move(report.finding));
  }

  void explore_all(clang::ASTContext& tree) {
    std::optional<FunctionKeys> keys;
    if (uses_keys_) {
      tokens_.index(compiler_.getSourceManager());
      keys.emplace(tree, tokens_);
    }
    const bool may_keep = keys && keys->known();
    FunctionResults results(may_keep ? settings_.kept : nullptr, may_keep ? keys->unit_key(settings_.salt) : "");
    keys_ = may_keep ? &*keys : nullptr;
    results_ = &results;
    clang::CallGraph calls;
    for (clang::Decl* decl : declarations_) calls.addToCallGraph(decl);
    // Callers come before what they call: whatever they look into needs no analysis of its own.
    for (clang::CallGraphNode* node : llvm::ReversePostOrderTraversal<clang::CallGraph*>(&calls))
      if (auto* function = llvm::dyn_cast_or_null<clang::FunctionDecl>(node->getDecl())) visit(*function);
    if (settings_.keep) results.save();
  }

  void visit(clang::FunctionDecl& function) {
    const clang::FunctionDecl* definition = nullptr;
    if (!function.hasBody(definition) || !is_root(*definition)) return;
    const auto key = keys_ != nullptr ? keys_->key(*definition, too_long_) : std::nullopt;
    if (key && replay(*key)) {
      ++result_.paths.kept;
      return;
    }
    ++result_.paths.explored;
    Exploration result = explore(*definition);
    if (key) keep(*key, result);
    for (PathReport& report : result.reports) add(std::move(report.finding));
    for (const clang::FunctionDecl* callee : result.inlined) seen_.insert(callee->getCanonicalDecl());
    too_long_.insert(result.too_long.begin(), result.too_long.end());
  }

  bool is_root(const clang::FunctionDecl& function) const {
    if (const auto* constructor = llvm::dyn_cast<clang::CXXConstructorDecl>(&function))
      if (constructor->isInheritingConstructor()) return false;
    const clang::SourceManager& sources = compiler_.getSourceManager();
    const clang::SourceLocation place = sources.getExpansionLoc(function.getBody()->getBeginLoc());
    if (!manager_->isInCodeFile(place)) return false;
    // An assignment has two cases: to itself, and to another; only an analysis of its own sees both.
    const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
    if (method != nullptr && (method->isCopyAssignmentOperator() || method->isMoveAssignmentOperator())) return true;
    return !seen_.contains(function.getCanonicalDecl());
  }

  Exploration explore(const clang::FunctionDecl& function) {
    Exploration result;
    manager_->ClearContexts();
    clang::AnalysisDeclContext* context = manager_->getAnalysisDeclContext(&function);
    if (context->isBodyAutosynthesized() || manager_->getCFG(&function) == nullptr ||
        context->getAnalysis<clang::RelaxedLiveVariables>() == nullptr)
      return result;
    PathReportCollector collector(compiler_.getASTContext(), settings_.policy, places_);
    manager_->send_to(collector);
    ento::FunctionSummariesTy summaries;
    for (const clang::FunctionDecl* callee : too_long_) summaries.markShouldNotInline(callee);
    ento::SetOfConstDecls inlined;
    ento::ExprEngine engine(cross_unit_, *manager_, &inlined, &summaries, ento::ExprEngine::Inline_Regular);
    follow_paths(engine, *manager_->getAnalysisDeclContextManager().getStackFrame(&function), summaries);
    engine.getBugReporter().FlushReports();
    result.reports = collector.take_reports();
    for (const clang::Decl* callee : inlined) {
      const auto* inner = llvm::dyn_cast<clang::FunctionDecl>(callee);
      if (inner == nullptr) continue;
      result.inlined.push_back(inner);
      if (summaries.mayInline(inner) == false) result.too_long.push_back(inner);
    }
    return result;
  }

  // Clang's engine takes ways into code that it has not seen first, so what is left after a long time without news is
  // the same code in further combinations of branches, seldom worth the rest of the budget: tests/bench/tiers.sh lists
  // what is lost.
  void follow_paths(ento::ExprEngine& engine, const clang::LocationContext& entry,
                    ento::FunctionSummariesTy& summaries) const {
    constexpr unsigned kStep = 500;
    unsigned left = manager_->options.MaxNodesPerTopLevelFunction;
    unsigned quiet = 0;
    std::size_t known = 0;
    while (left > 0 && (settings_.quiet_nodes == 0 || quiet < settings_.quiet_nodes)) {
      const unsigned step = std::min(left, kStep);
      if (!engine.ExecuteWorkList(&entry, step)) return;
      left -= step;
      std::size_t news = summaries.getTotalNumVisitedBasicBlocks();
      const auto reports = engine.getBugReporter().equivalenceClasses();
      for (auto report = reports.begin(); report != reports.end(); ++report) ++news;
      quiet = news > known ? 0 : quiet + step;
      known = news;
    }
  }

  bool replay(const FunctionKeys::Key& key) {
    const KeptFunction* kept = results_->find(key.digest);
    if (kept == nullptr) return false;
    std::vector<report::Finding> findings;
    for (const KeptReport& report : kept->reports) {
      report::Finding finding = report.finding;
      for (std::size_t i = 0; i < report.places.size(); ++i) {
        const clang::SourceLocation place = keys_->place(key, report.places[i]);
        if (place.isInvalid()) return false;
        (i == 0 ? finding.where : finding.path[i - 1].where) = places_.at(place);
      }
      findings.push_back(std::move(finding));
    }
    for (const std::uint32_t number : kept->inlined)
      if (const clang::FunctionDecl* callee = keys_->function(key, number)) seen_.insert(callee->getCanonicalDecl());
    for (const std::uint32_t number : kept->too_long)
      if (const clang::FunctionDecl* callee = keys_->function(key, number)) too_long_.insert(callee);
    for (report::Finding& finding : findings) add(std::move(finding));
    return true;
  }

  // What can't be named in terms of the key is not kept: then the key does not cover what the analysis saw.
  void keep(const FunctionKeys::Key& key, const Exploration& result) {
    KeptFunction kept;
    for (const PathReport& report : result.reports) {
      KeptReport& one = kept.reports.emplace_back();
      one.finding = report.finding;
      one.finding.where = {};
      for (report::PathStep& step : one.finding.path) step.where = {};
      for (const clang::SourceLocation place : report.places) {
        const auto anchor = keys_->anchor(key, place);
        if (!anchor) return;
        one.places.push_back(*anchor);
      }
    }
    const bool all_named = name_all(key, result.inlined, kept.inlined) && name_all(key, result.too_long, kept.too_long);
    if (all_named) results_->keep(key.digest, std::move(kept));
  }

  bool name_all(const FunctionKeys::Key& key, const std::vector<const clang::FunctionDecl*>& functions,
                std::vector<std::uint32_t>& numbers) const {
    for (const clang::FunctionDecl* function : functions) {
      const auto number = keys_->number(key, *function);
      if (!number) return false;
      numbers.push_back(*number);
    }
    std::sort(numbers.begin(), numbers.end());
    return true;
  }

  // Several callers may lead to one defect; the shortest way there is the one to read.
  void add(report::Finding finding) {
    const auto [found, is_new] =
        known_.try_emplace(fmt::format("{}\n{}\n{}:{}:{}", finding.rule, finding.message, finding.where.file,
                                       finding.where.line, finding.where.column),
                           result_.findings.size());
    if (is_new) return result_.findings.push_back(std::move(finding));
    report::Finding& known = result_.findings[found->second];
    if (finding.path.size() < known.path.size()) known = std::move(finding);
  }

  clang::CompilerInstance& compiler_;
  const PathSettings settings_;
  UnitResult& result_;
  const SourcePlaces places_;
  const bool uses_keys_;
  clang::cross_tu::CrossTranslationUnitContext cross_unit_{compiler_};
  TokenStream tokens_;
  std::vector<clang::Decl*> declarations_;
  std::map<std::string, std::size_t> known_;
  llvm::DenseSet<const clang::Decl*> seen_;                     // by the analysis of a caller
  llvm::SmallPtrSet<const clang::FunctionDecl*, 16> too_long_;  // not to be followed into again

  // While the tree is looked at.
  ento::CheckerManager* checkers_ = nullptr;
  Manager* manager_ = nullptr;
  const FunctionKeys* keys_ = nullptr;
  FunctionResults* results_ = nullptr;
};

}  // namespace

std::unique_ptr<clang::ASTConsumer> make_path_explorer(clang::CompilerInstance& compiler, const PathSettings& settings,
                                                       UnitResult& result) {
  return std::make_unique<PathExplorer>(compiler, settings, result);
}

}  // namespace proofmark::analyze
