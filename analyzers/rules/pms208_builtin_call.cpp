// SPDX-License-Identifier: Apache-2.0
//
// PMS208: __builtin_strcpy and its kin go around the checking wrappers of the C library's headers. A copy of a size that is
// known when compiling loses nothing: the compiler has already compared it.
#include <fmt/format.h>

#include "engine/buffer_calls.h"
#include "engine/clang_headers.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

bool size_is_known(const clang::CallExpr& call, llvm::StringRef name, const clang::ASTContext& tree) {
  if (call.getNumArgs() == 0) return false;
  const auto is_literal = [&](unsigned i) {
    return i < call.getNumArgs() && llvm::isa<clang::StringLiteral>(call.getArg(i)->IgnoreParenImpCasts());
  };
  if (name == "strcpy" || name == "stpcpy") return is_literal(1);
  if (!name.starts_with("mem")) return false;
  const clang::Expr* size = call.getArg(call.getNumArgs() - 1);
  return !size->isValueDependent() && size->isEvaluatable(tree);
}

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  const bool is_builtin = callee.getName().starts_with("__builtin_");
  if (!is_builtin || context.effective().fortify_level == 0 || !writes_buffer(name)) return;
  if (!context.spelled_in_project(call.getCallee()->getExprLoc()) ||
      size_is_known(call, {name.data(), name.size()}, context.tree()))
    return;
  context.report(kPms208BuiltinCall, call.getBeginLoc(),
                 fmt::format("__builtin_{}{} is not checked by FORTIFY", name, in_function(context)),
                 fmt::format("call {} of the C library's header", name));
}

}  // namespace

constinit const SourceRule kPms208BuiltinCall = {
    .info = {"PMS208", "builtin-call", "No call of a builtin goes around the checks of FORTIFY.", report::Level::kMust,
             120},
    .on_call = on_call};

}  // namespace proofmark::analyze
