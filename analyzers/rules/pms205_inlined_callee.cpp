// SPDX-License-Identifier: Apache-2.0
//
// PMS205: a function without a canary takes the canary of what is inlined into it. GCC 12 and Clang 19 both inline across
// the difference; the helper that overflows then writes over a return address that nobody checks.
#include <algorithm>

#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/gcc_options.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

bool has_local_array(const clang::FunctionDecl& function) {
  return std::ranges::any_of(function.decls(), [](const clang::Decl* decl) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl);
    return variable != nullptr && variable->hasLocalStorage() && variable->getType()->isArrayType();
  });
}

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view, SourceContext& context) {
  const clang::FunctionDecl* body = callee.getDefinition();
  const clang::FunctionDecl* caller = context.function();
  if (body == nullptr || caller == nullptr || body == caller) return;
  const bool may_be_inlined = !body->hasAttr<clang::NoInlineAttr>() && !body->hasAttr<clang::OptimizeNoneAttr>() &&
                              (!body->isExternallyVisible() || body->isInlined());
  if (!may_be_inlined || !context.in_project(body->getLocation()) || !has_local_array(*body)) return;
  if (!loses_canary(*caller, context) || loses_canary(*body, context)) return;
  context.report(
      kPms205InlinedCallee, call.getBeginLoc(),
      fmt::format("'{}' has no canary, so its copy of '{}' has none either when {} inlines it",
                  caller->getNameAsString(), body->getNameAsString(), context.effective().compiler.describe()),
      fmt::format("give '{}' the attribute noinline", body->getNameAsString()));
}

}  // namespace

constinit const SourceRule kPms205InlinedCallee = {
    .info = {"PMS205", "inlined-callee", "No function with a canary is inlined into one without.", report::Level::kMust,
             121},
    .on_call = on_call};

}  // namespace proofmark::analyze
