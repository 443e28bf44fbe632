// SPDX-License-Identifier: Apache-2.0
//
// What a source rule may ask while it looks at a unit, and where its findings go.
#pragma once

#include <string>
#include <vector>

#include "compile/effective.h"
#include "engine/clang_headers.h"
#include "engine/source_facts.h"
#include "engine/source_place.h"
#include "report/finding.h"
#include "rules/source_rule.h"

namespace proofmark::report {
class Policy;
}

namespace proofmark::analyze {

struct ParseSettings;  // engine/unit_result.h, which every rule would be compiled again with

class SourceContext {
 public:
  SourceContext(const Unit& unit, const EffectiveFlags& effective, const ParseSettings& settings,
                const clang::CompilerInstance& compiler, const SourceFacts& facts,
                std::vector<report::Finding>& findings);

  const Unit& unit() const { return unit_; }
  const EffectiveFlags& effective() const { return effective_; }
  const report::Policy& policy() const { return policy_; }
  const clang::SourceManager& sources() const { return compiler_.getSourceManager(); }
  const clang::LangOptions& language() const { return compiler_.getLangOpts(); }
  const clang::Preprocessor& preprocessor() const { return compiler_.getPreprocessor(); }
  clang::ASTContext& tree() const { return compiler_.getASTContext(); }
  const clang::DiagnosticsEngine& diagnostics() const { return compiler_.getDiagnostics(); }
  // Whole once the tree is walked, growing before.
  const SourceFacts& facts() const { return facts_; }
  // Whether the command has a word that begins so: "-fsplit-stack", "-fsanitize=".
  bool has_flag(std::string_view prefix) const;
  // Built by GCC: Clang only parses the unit here.
  bool for_gcc() const { return effective_.compiler.kind == CompilerKind::kGcc; }

  // Whether the text lies in the project: not in a directory that the compiler itself searches, nor in one given with
  // -isystem. Judged by the physical file, so that neither "#pragma GCC system_header" nor a line marker hides code.
  bool in_project(clang::SourceLocation where) const;
  bool in_project(clang::FileID file) const;
  // The directory that holds all sources of the compile database; empty when there is no such thing.
  const std::string& project_root() const { return project_root_; }
  // The directory of a -isystem or -idirafter in the unit's command that holds the file; empty when none does.
  std::string named_system_dir(const std::string& file) const;

  // Whether the token itself is the project's, and not the body of a macro of some system header.
  bool spelled_in_project(clang::SourceLocation where) const;

  report::Location place(clang::SourceLocation where) const { return places_.at(where); }

  // The function that is being walked, or null at file scope.
  const clang::FunctionDecl* function() const { return function_; }
  void enter(const clang::FunctionDecl* function) { function_ = function; }

  // A finding of the rule at the level that the policy gives it. `message`: lower case, no final period.
  // An invalid place stands for the unit as a whole.
  void report(const SourceRule& rule, clang::SourceLocation where, std::string message, std::string hint = {});

 private:
  const Unit& unit_;
  const EffectiveFlags& effective_;
  const report::Policy& policy_;
  const clang::CompilerInstance& compiler_;
  const SourceFacts& facts_;
  SourcePlaces places_;
  std::vector<report::Finding>& findings_;
  std::string project_root_;
  std::vector<std::string> named_system_dirs_, system_dirs_;
  mutable std::map<clang::FileID, bool> known_;
  const clang::FunctionDecl* function_ = nullptr;
};

}  // namespace proofmark::analyze
