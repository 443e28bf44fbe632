// SPDX-License-Identifier: Apache-2.0
//
// What a source rule may ask while it looks at a unit, and where its findings go.
#pragma once

#include <string>
#include <vector>

#include "compile/effective.h"
#include "engine/clang_headers.h"
#include "engine/source_place.h"
#include "report/policy.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {

class SourceContext {
 public:
  SourceContext(const Unit& unit, const EffectiveFlags& effective, const report::Policy& policy,
                const clang::CompilerInstance& compiler, std::vector<report::Finding>& findings);

  const Unit& unit() const { return unit_; }
  const EffectiveFlags& effective() const { return effective_; }
  const report::Policy& policy() const { return policy_; }
  const clang::SourceManager& sources() const { return compiler_.getSourceManager(); }
  const clang::LangOptions& language() const { return compiler_.getLangOpts(); }
  const clang::Preprocessor& preprocessor() const { return compiler_.getPreprocessor(); }
  clang::ASTContext& tree() const { return compiler_.getASTContext(); }

  // Whether the text lies in the project: not in a directory that the compiler itself searches, nor in one given with
  // -isystem. Judged by the physical file, so that neither "#pragma GCC system_header" nor a line marker hides code.
  bool in_project(clang::SourceLocation where) const;
  bool in_project(clang::FileID file) const;

  report::Location place(clang::SourceLocation where) const { return places_.at(where); }

  // The function that is being walked, or null at file scope.
  const clang::FunctionDecl* function() const { return function_; }
  void enter(const clang::FunctionDecl* function) { function_ = function; }

  // A finding of the rule at the level that the policy gives it. `message`: lower case, no final period.
  void report(const SourceRule& rule, clang::SourceLocation where, std::string message, std::string hint = {});

 private:
  const Unit& unit_;
  const EffectiveFlags& effective_;
  const report::Policy& policy_;
  const clang::CompilerInstance& compiler_;
  SourcePlaces places_;
  std::vector<report::Finding>& findings_;
  std::vector<std::string> system_dirs_;
  mutable std::map<clang::FileID, bool> known_;
  const clang::FunctionDecl* function_ = nullptr;
};

}  // namespace proofmark::analyze
