// SPDX-License-Identifier: Apache-2.0
//
// The shape of a source rule (PMS2## to PMS4##): it looks at what the source itself does to the protections that the
// command line asked for, or at calls that no flag can make safe. A rule has no state: the engine walks the tree once and
// hands every node to every rule, and at the end of the unit what the preprocessor saw. Built by engine/, since these
// rules need Clang's headers; the seam itself does not.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "report/finding.h"

namespace clang {
class CallExpr;
class Decl;
class FunctionDecl;
class Stmt;
}  // namespace clang

namespace proofmark::analyze {

class SourceContext;  // engine/source_context.h: the unit, its flags, and where findings go
struct SourceFacts;   // engine/source_facts.h: macros, pragmas, line markers, includes, in their order

struct SourceRule {
  report::RuleInfo info;
  // Each is called for project code only, and may be null.
  void (*on_decl)(const clang::Decl&, SourceContext&) = nullptr;
  void (*on_stmt)(const clang::Stmt&, SourceContext&) = nullptr;
  // A call whose callee is known by name; `name` is the plain name, without "__builtin_".
  void (*on_call)(const clang::CallExpr&, const clang::FunctionDecl& callee, std::string_view name,
                  SourceContext&) = nullptr;
  // Also called when the unit could not be parsed to its end.
  void (*on_facts)(const SourceFacts&, SourceContext&) = nullptr;
};

extern const SourceRule kPms201NoStackProtector, kPms202OptimizeAttribute, kPms203OptimizePragma,
    kPms204AttributePragma, kPms205InlinedCallee, kPms206NotOptimised, kPms207FortifyMacro, kPms208BuiltinCall,
    kPms209FortifyBypass, kPms210FortifyLibrary, kPms211TargetBranchProtection, kPms301IgnoredError,
    kPms302DowngradedError, kPms303IgnoredGroup, kPms304UnbalancedPush, kPms305SystemHeader, kPms306LineMarker,
    kPms307SystemDirectory;

std::span<const SourceRule* const> source_rules();

}  // namespace proofmark::analyze
