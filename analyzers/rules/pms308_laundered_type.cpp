// SPDX-License-Identifier: Apache-2.0
//
// PMS308: spellings that exist to keep the compiler quiet: (void) before a result that must be used, a detour through void* or
// an integer that drops const or gives a function another type, and __extension__ under -pedantic-errors.
#include "engine/buffer_calls.h"
#include "engine/clang_headers.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

const clang::Expr* explicit_operand(const clang::Expr* expr) {
  const auto* cast = llvm::dyn_cast<clang::ExplicitCastExpr>(expr->IgnoreParenImpCasts());
  return cast == nullptr ? nullptr : cast->getSubExprAsWritten();
}

void say(const clang::Expr& expr, std::string what, std::string hint, SourceContext& context) {
  if (context.spelled_in_project(expr.getBeginLoc()))
    context.report(kPms308LaunderedType, expr.getBeginLoc(), std::move(what) + in_function(context), std::move(hint));
}

// Clang takes (void) for an answer; GCC warns all the same.
void judge_discard(const clang::ExplicitCastExpr& cast, SourceContext& context) {
  const auto* call = llvm::dyn_cast<clang::CallExpr>(cast.getSubExprAsWritten()->IgnoreParenImpCasts());
  if (context.for_gcc() || call == nullptr || !call->hasUnusedResultAttr(context.tree())) return;
  say(cast, "(void) throws away a result that must be used", "use the result", context);
}

void judge_detour(const clang::ExplicitCastExpr& cast, SourceContext& context) {
  const clang::QualType to = cast.getTypeAsWritten();
  const clang::Expr* source = explicit_operand(cast.getSubExprAsWritten());
  if (source == nullptr || !to->isPointerType()) return;
  source = source->IgnoreParenImpCasts();
  const clang::QualType from = source->getType();
  if (to->isFunctionPointerType() && (from->isFunctionPointerType() || from->isFunctionType())) {
    const clang::QualType function = from->isFunctionType() ? from : from->getPointeeType();
    if (!context.tree().typesAreCompatible(function.getUnqualifiedType(), to->getPointeeType().getUnqualifiedType()))
      say(cast, "a detour gives a function another type", "give the function the type it is called with", context);
    return;
  }
  if (from->isPointerType() && from->getPointeeType().isConstQualified() && !to->getPointeeType().isConstQualified() &&
      cast.getSubExprAsWritten()->getType()->isIntegerType())
    say(cast, "a detour through an integer drops const", "keep const, or copy what is to be changed", context);
}

bool pedantry_is_an_error(const SourceContext& context) {
  return context.has_flag("-pedantic-errors") || context.has_flag("-Werror=pedantic");
}

void on_stmt(const clang::Stmt& stmt, SourceContext& context) {
  if (const auto* cast = llvm::dyn_cast<clang::ExplicitCastExpr>(&stmt)) {
    if (cast->getTypeAsWritten()->isVoidType()) judge_discard(*cast, context);
    if (!context.language().CPlusPlus) judge_detour(*cast, context);
  }
  const auto* quiet = llvm::dyn_cast<clang::UnaryOperator>(&stmt);
  if (quiet != nullptr && quiet->getOpcode() == clang::UO_Extension && pedantry_is_an_error(context))
    say(*quiet, "__extension__ hides what -pedantic-errors would refuse", "write it in standard C", context);
}

}  // namespace

constinit const SourceRule kPms308LaunderedType = {
    .info = {"PMS308", "laundered-type", "No cast and no __extension__ exists only to silence the compiler.",
             report::Level::kShould, 704},
    .on_stmt = on_stmt};

}  // namespace proofmark::analyze
