// SPDX-License-Identifier: Apache-2.0
//
// clang-tidy's checks in the shared parse; see tidy_checks.h.
#include "engine/tidy_checks.h"

#include <string>
#include <utility>

#include "engine/fix_hints.h"
#include "engine/source_place.h"
#include "engine/tidy_headers.h"
#include "rules/safe_fix.h"
#include "rules/tidy_rule.h"
#include "rules/unit_rules.h"

// A module registers its checks by a static object, which a linker takes from an archive only when something of its
// file is asked for.
namespace clang::tidy {
// NOLINTBEGIN(readability-identifier-naming): clang-tidy's names
extern volatile int AndroidModuleAnchorSource, BugproneModuleAnchorSource, CERTModuleAnchorSource,
    ConcurrencyModuleAnchorSource, MiscModuleAnchorSource, ReadabilityModuleAnchorSource;
// NOLINTEND(readability-identifier-naming)
}  // namespace clang::tidy

namespace proofmark::analyze {
namespace {

namespace tidy = clang::tidy;

[[maybe_unused]] const int kLinkedModules = tidy::AndroidModuleAnchorSource + tidy::BugproneModuleAnchorSource +
                                            tidy::CERTModuleAnchorSource + tidy::ConcurrencyModuleAnchorSource +
                                            tidy::MiscModuleAnchorSource + tidy::ReadabilityModuleAnchorSource;

// Names of the checks in clang-tidy's own form, "-*,a,b"; empty when the policy wants none.
std::string wanted_checks(const report::Policy& policy) {
  std::string names;
  for (const report::RuleInfo& rule : tidy_rules())
    if (policy.level(rule) != report::Level::kOff) names.append(",").append(rule.name);
  return names.empty() ? names : "-*" + names;
}

tidy::ClangTidyOptions options_for(const report::Policy& policy, const std::string& checks) {
  tidy::ClangTidyOptions options = tidy::ClangTidyOptions::getDefaults();
  options.Checks = checks;
  for (const TidyOption& option : tidy_options())
    options.CheckOptions[llvm::StringRef(option.name)].Value = std::string(option.value);
  const auto& chosen = policy.parameter("PMC", "options");
  if (!chosen.is_object()) return options;
  for (const auto& option : chosen.items())
    options.CheckOptions[option.key()].Value = option.value().get<std::string>();
  return options;
}

// Checks report to an engine of their own: the unit's -w, -Werror and pragmas are about the compiler's warnings.
class TidyCollector : public clang::DiagnosticConsumer {
 public:
  TidyCollector(tidy::ClangTidyContext& context, const clang::LangOptions& language, const report::Policy& policy,
                std::filesystem::path directory, UnitResult& result)
      : context_(context),
        language_(language),
        policy_(policy),
        honour_nolint_(policy.parameter("PMC", "honour-nolint") == true),
        directory_(std::move(directory)),
        findings_(result.findings),
        fixes_(result.fixes) {}

  void HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& info) override {
    if (level != clang::DiagnosticsEngine::Note) {
      if (info.getLocation().isInvalid()) return refuse(message_of(info));
      return add_finding(level, info);
    }
    if (!last_was_finding_) return;
    findings_.back().path.push_back(
        {SourcePlaces(info.getSourceManager(), directory_).at(info.getLocation()), message_of(info)});
  }

  // An option that is not understood would make a policy laxer than it reads.
  void refuse(const std::string& why) {
    last_was_finding_ = false;
    findings_.push_back(
        report::make_finding(kPmt001UnitNotAnalysed, policy_.level(kPmt001UnitNotAnalysed), "clang-tidy: " + why));
  }

 private:
  // The context appends " [name]" to every message.
  std::string message_of(const clang::Diagnostic& info) const {
    llvm::SmallString<256> text;
    info.FormatDiagnostic(text);
    llvm::StringRef message = text;
    message.consume_back(" [" + context_.getCheckName(info.getID()) + "]");
    return message.str();
  }

  bool is_silenced(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& info) {
    llvm::SmallVector<clang::tooling::Diagnostic, 1> malformed;
    return context_.shouldSuppressDiagnostic(level, info, malformed, /*AllowIO=*/false);
  }

  void add_finding(clang::DiagnosticsEngine::Level level, const clang::Diagnostic& info) {
    last_was_finding_ = false;
    const clang::SourceManager& sources = info.getSourceManager();
    if (sources.isInSystemHeader(info.getLocation()) || sources.isInSystemMacro(info.getLocation())) return;
    const std::string check = context_.getCheckName(info.getID());
    const report::RuleInfo* const rule = tidy_rule_for(check);
    if (rule == nullptr) return;
    const bool silenced = is_silenced(level, info);
    if (silenced && honour_nolint_) return;
    report::Finding finding = report::make_finding(*rule, policy_.level(*rule), message_of(info));
    finding.tag = check;
    finding.where = SourcePlaces(sources, directory_).at(info.getLocation());
    if (silenced) finding.hint = "NOLINT names nobody who answers for it: accept it by a waiver";
    if (info.getNumFixItHints() != 0 && safe_fix_for(check) != nullptr)
      fixes_.push_back(fix_of(finding, info, language_, directory_));
    findings_.push_back(std::move(finding));
    last_was_finding_ = true;
  }

  tidy::ClangTidyContext& context_;
  const clang::LangOptions& language_;
  const report::Policy& policy_;
  const bool honour_nolint_;
  std::filesystem::path directory_;
  std::vector<report::Finding>& findings_;
  std::vector<Fix>& fixes_;
  bool last_was_finding_ = false;  // notes belong to the diagnostic before them
};

// What the project itself declares. Whoever comes after sees the whole unit again.
std::vector<clang::Decl*> project_declarations(const clang::ASTContext& tree) {
  const clang::SourceManager& sources = tree.getSourceManager();
  std::vector<clang::Decl*> own;
  for (clang::Decl* declaration : tree.getTranslationUnitDecl()->decls())
    if (!sources.isInSystemHeader(declaration->getLocation())) own.push_back(declaration);
  return own;
}

class TidyChecks : public clang::ASTConsumer {
 public:
  TidyChecks(clang::CompilerInstance& compiler, const report::Policy& policy, const std::string& checks,
             const std::filesystem::path& directory, UnitResult& result)
      : context_(std::make_unique<tidy::DefaultOptionsProvider>(tidy::ClangTidyGlobalOptions(),
                                                                options_for(policy, checks))),
        collector_(context_, compiler.getLangOpts(), policy, directory, result),
        engine_(new clang::DiagnosticIDs, new clang::DiagnosticOptions, &collector_, /*ShouldOwnClient=*/false) {
    engine_.setSourceManager(&compiler.getSourceManager());
    // Else a declaration or type in a message has no name.
    engine_.SetArgToStringFn(&clang::FormatASTNodeDiagnosticArgument, &compiler.getASTContext());
    context_.setDiagnosticsEngine(&engine_);
    context_.setCurrentBuildDirectory(directory.string());
    llvm::StringSet<> known_options;
    context_.setOptionsCollector(&known_options);
    // The factory claims the analyzer for clang-tidy; here it is a consumer of its own.
    auto& checkers = compiler.getAnalyzerOpts().CheckersAndPackages;
    auto kept = checkers;
    checks_ = tidy::ClangTidyASTConsumerFactory(context_).createASTConsumer(
        compiler, compiler.getFrontendOpts().Inputs[0].getFile());
    checkers = std::move(kept);
    context_.setOptionsCollector(nullptr);
    refuse_unknown_options(policy, known_options);
  }

  void Initialize(clang::ASTContext& tree) override { checks_->Initialize(tree); }

  void HandleTranslationUnit(clang::ASTContext& tree) override {
    tree.setTraversalScope(project_declarations(tree));
    checks_->HandleTranslationUnit(tree);
    tree.setTraversalScope({tree.getTranslationUnitDecl()});
  }

 private:
  // Options of checks that are off are nobody's.
  void refuse_unknown_options(const report::Policy& policy, const llvm::StringSet<>& known) {
    const auto& chosen = policy.parameter("PMC", "options");
    if (!chosen.is_object()) return;
    for (const auto& option : chosen.items()) {
      const std::string check = option.key().substr(0, option.key().find('.'));
      if (context_.isCheckEnabled(check) && !known.contains(option.key()))
        collector_.refuse("no check has an option " + option.key());
    }
  }

  tidy::ClangTidyContext context_;
  TidyCollector collector_;
  clang::DiagnosticsEngine engine_;
  std::unique_ptr<clang::ASTConsumer> checks_;
};

}  // namespace

std::unique_ptr<clang::ASTConsumer> make_tidy_checks(clang::CompilerInstance& compiler, const report::Policy& policy,
                                                     const std::filesystem::path& directory, UnitResult& result) {
  const std::string checks = wanted_checks(policy);
  if (checks.empty()) return nullptr;
  return std::make_unique<TidyChecks>(compiler, policy, checks, directory, result);
}

}  // namespace proofmark::analyze
