// SPDX-License-Identifier: Apache-2.0
//
// Functions that run inside signal handlers; see signal_handlers.h.
#include "engine/signal_handlers.h"

#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

void add_handlers(const CodeFacts& code, HandlerReach& reach) {
  static constexpr std::string_view kRegister[] = {"signal", "bsd_signal", "sysv_signal", "sigset"};
  for (const CallFact& fact : code.calls)
    if (is_one_of(fact.name, kRegister) && fact.callee->isExternC())
      if (const auto* handler = named_function(argument(*fact.call, 1))) reach.emplace(handler, handler);
  for (const auto& [field, writes] : code.field_writes) {
    if (field->getName() != "sa_handler" && field->getName() != "sa_sigaction") continue;
    for (const WriteFact& write : writes)
      if (const auto* handler = named_function(write.value)) reach.emplace(handler, handler);
  }
}

}  // namespace

const clang::FunctionDecl* named_function(const clang::Expr* expr) {
  if (expr == nullptr) return nullptr;
  expr = expr->IgnoreParenCasts();
  if (const auto* address = llvm::dyn_cast<clang::UnaryOperator>(expr))
    expr = address->getSubExpr()->IgnoreParenCasts();
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr);
  const auto* function = reference == nullptr ? nullptr : llvm::dyn_cast<clang::FunctionDecl>(reference->getDecl());
  return function == nullptr ? nullptr : function->getCanonicalDecl();
}

HandlerReach functions_in_handlers(const CodeFacts& code) {
  HandlerReach reach;
  add_handlers(code, reach);
  add_callees(code, reach);
  return reach;
}

void add_callees(const CodeFacts& code, HandlerReach& reach) {
  if (reach.empty()) return;
  std::multimap<const clang::FunctionDecl*, const clang::FunctionDecl*> calls;
  for (const CallFact& fact : code.calls)
    if (fact.caller != nullptr) calls.emplace(fact.caller->getCanonicalDecl(), fact.callee->getCanonicalDecl());
  std::vector<const clang::FunctionDecl*> open;
  for (const auto& [function, handler] : reach) open.push_back(function);
  while (!open.empty()) {
    const clang::FunctionDecl* function = open.back();
    open.pop_back();
    const auto [first, last] = calls.equal_range(function);
    for (auto call = first; call != last; ++call)
      if (reach.emplace(call->second, reach[function]).second) open.push_back(call->second);
  }
}

}  // namespace proofmark::analyze
