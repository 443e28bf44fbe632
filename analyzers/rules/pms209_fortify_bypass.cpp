// SPDX-License-Identifier: Apache-2.0
//
// PMS209: FORTIFY is inline code in the C library's headers. A declaration of one's own, an assembler alias or a pointer to
// the function reaches the unchecked function instead.
#include <algorithm>

#include <fmt/format.h>

#include "engine/buffer_calls.h"
#include "engine/clang_headers.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

// Code that brings its own memcpy, as firmware without a C library does, has nothing to bypass.
bool is_own_function(const clang::FunctionDecl& function) {
  return function.isDefined() || !function.isExternallyVisible();
}

// glibc has these since 2.38 only: a project that declares them brings them along.
bool is_often_brought_along(std::string_view name) {
  return name.starts_with("strl") || name.starts_with("wcsl");
}

bool declared_by_library(const clang::FunctionDecl& function, const SourceContext& context) {
  return std::ranges::any_of(function.redecls(), [&](const clang::FunctionDecl* decl) {
    return !decl->isImplicit() && !context.in_project(decl->getLocation());
  });
}

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  if (context.effective().fortify_level == 0 || !context.effective().hosted || !writes_buffer(name)) return;
  if (callee.getName() != llvm::StringRef(name) || is_own_function(callee) || !callee.isExternC()) return;
  if (is_often_brought_along(name) || declared_by_library(callee, context)) return;
  context.report(kPms209FortifyBypass, call.getBeginLoc(),
                 fmt::format("{}{} is not checked by FORTIFY: no header of the C library declares it here", name,
                             in_function(context)),
                 "include the C library's header instead of declaring the function");
}

void judge_alias(const clang::Decl& decl, SourceContext& context) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  const auto* label = decl.getAttr<clang::AsmLabelAttr>();
  if (function == nullptr || label == nullptr || label->isInherited()) return;
  const llvm::StringRef target = label->getLabel();
  if (!writes_buffer({target.data(), target.size()})) return;
  context.report(kPms209FortifyBypass, decl.getLocation(),
                 fmt::format("'{}' is {} by another name, which FORTIFY does not check", function->getNameAsString(),
                             target.str()),
                 "call the function by its name in the C library's header");
}

// A value that is the address of a library function. Only where it is stored or handed on, so that a direct call is none.
void judge_value(const clang::Expr* value, SourceContext& context) {
  if (value == nullptr) return;
  value = value->IgnoreParenCasts();
  if (const auto* address = llvm::dyn_cast<clang::UnaryOperator>(value);
      address != nullptr && address->getOpcode() == clang::UO_AddrOf)
    value = address->getSubExpr()->IgnoreParenCasts();
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(value);
  const auto* function = reference == nullptr ? nullptr : llvm::dyn_cast<clang::FunctionDecl>(reference->getDecl());
  if (function == nullptr || function->getIdentifier() == nullptr || is_own_function(*function)) return;
  const llvm::StringRef name = function->getName();
  if (!writes_buffer({name.data(), name.size()}) || !context.spelled_in_project(value->getExprLoc())) return;
  context.report(
      kPms209FortifyBypass, value->getExprLoc(),
      fmt::format("calls through a pointer to {}{} are not checked by FORTIFY", name.str(), in_function(context)),
      "point to a function of your own that calls it");
}

void on_decl(const clang::Decl& decl, SourceContext& context) {
  if (context.effective().fortify_level == 0) return;
  judge_alias(decl, context);
  if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(&decl)) judge_value(variable->getInit(), context);
}

void on_stmt(const clang::Stmt& stmt, SourceContext& context) {
  if (context.effective().fortify_level == 0) return;
  if (const auto* call = llvm::dyn_cast<clang::CallExpr>(&stmt))
    for (const clang::Expr* argument : call->arguments()) judge_value(argument, context);
  if (const auto* list = llvm::dyn_cast<clang::InitListExpr>(&stmt))
    for (const clang::Expr* value : list->inits()) judge_value(value, context);
  if (const auto* assignment = llvm::dyn_cast<clang::BinaryOperator>(&stmt);
      assignment != nullptr && assignment->getOpcode() == clang::BO_Assign)
    judge_value(assignment->getRHS(), context);
  if (const auto* result = llvm::dyn_cast<clang::ReturnStmt>(&stmt)) judge_value(result->getRetValue(), context);
}

}  // namespace

constinit const SourceRule kPms209FortifyBypass = {
    .info = {"PMS209", "fortify-bypass", "Buffer functions are called as the C library's headers declare them.",
             report::Level::kShould, 693},
    .on_decl = on_decl,
    .on_stmt = on_stmt,
    .on_call = on_call};

}  // namespace proofmark::analyze
