// SPDX-License-Identifier: Apache-2.0
//
// PMS220: memset of a variable that is never read again, right before the function returns or the block is freed. Nothing
// may read the zeros, so the optimiser removes the call and the key stays in memory.
#include <algorithm>

#include <fmt/format.h>

#include "engine/buffer_calls.h"
#include "engine/clang_headers.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

const clang::CallExpr* call_in(const clang::Stmt* stmt) {
  while (const auto* label = llvm::dyn_cast_or_null<clang::LabelStmt>(stmt)) stmt = label->getSubStmt();
  const auto* expr = llvm::dyn_cast_or_null<clang::Expr>(stmt);
  return expr == nullptr ? nullptr : llvm::dyn_cast<clang::CallExpr>(expr->IgnoreParenCasts());
}

bool calls(const clang::CallExpr& call, std::initializer_list<llvm::StringRef> names) {
  const clang::FunctionDecl* callee = call.getDirectCallee();
  if (callee == nullptr || callee->getIdentifier() == nullptr || call.getNumArgs() == 0) return false;
  llvm::StringRef name = callee->getName();
  name.consume_front("__builtin_");
  return std::ranges::find(names, name) != names.end();
}

bool is_wipe(const clang::Stmt* stmt) {
  const clang::CallExpr* call = call_in(stmt);
  return call != nullptr && calls(*call, {"memset", "bzero"});
}

// The local whose own storage is wiped: "key", "&context", "context.key".
const clang::VarDecl* wiped_local(const clang::CallExpr& wipe) {
  const clang::Expr* target = wipe.getArg(0)->IgnoreParenCasts();
  const auto* address = llvm::dyn_cast<clang::UnaryOperator>(target);
  const bool takes_address = address != nullptr && address->getOpcode() == clang::UO_AddrOf;
  if (takes_address) target = address->getSubExpr()->IgnoreParenCasts();
  if (!takes_address && !target->getType()->isArrayType()) return nullptr;
  while (const auto* member = llvm::dyn_cast<clang::MemberExpr>(target)) {
    if (member->isArrow()) return nullptr;
    target = member->getBase()->IgnoreParenCasts();
  }
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(target);
  const auto* variable = reference == nullptr ? nullptr : llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
  const bool is_plain = variable != nullptr && variable->hasLocalStorage() && !variable->getType()->isReferenceType() &&
                        !variable->getType().isVolatileQualified();
  return is_plain ? variable : nullptr;
}

// Anything that runs code of others could read an address that the variable's was copied to.
bool may_read(const clang::Stmt* stmt) {
  if (stmt == nullptr) return false;
  if (llvm::isa<clang::CallExpr, clang::AsmStmt>(stmt)) return true;
  return std::ranges::any_of(stmt->children(), [](const clang::Stmt* child) { return may_read(child); });
}

bool mentions(const clang::Stmt* stmt, const clang::VarDecl& variable) {
  if (stmt == nullptr) return false;
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(stmt); reference != nullptr)
    return reference->getDecl() == &variable;
  return std::ranges::any_of(stmt->children(), [&](const clang::Stmt* child) { return mentions(child, variable); });
}

bool ends_unread(llvm::ArrayRef<clang::Stmt*> rest, const clang::VarDecl& variable, bool ends_scope) {
  for (const clang::Stmt* next : rest) {
    if (is_wipe(next)) continue;
    const auto* result = llvm::dyn_cast<clang::ReturnStmt>(next);
    return result != nullptr && !may_read(result) && !mentions(result, variable);
  }
  return ends_scope;
}

bool same_pointer(const clang::Expr* left, const clang::Expr* right, const clang::ASTContext& tree) {
  llvm::FoldingSetNodeID a, b;
  left->IgnoreParenCasts()->Profile(a, tree, /*Canonical=*/true);
  right->IgnoreParenCasts()->Profile(b, tree, /*Canonical=*/true);
  return a == b;
}

void say(const clang::CallExpr& wipe, std::string_view before, SourceContext& context) {
  context.report(kPms220LostWipe, wipe.getBeginLoc(),
                 fmt::format("{} may remove this {}{}: nothing reads the memory before {}",
                             context.effective().compiler.describe(), wipe.getDirectCallee()->getNameAsString(),
                             in_function(context), before),
                 "use explicit_bzero or memset_explicit");
}

bool is_declared_in(const clang::CompoundStmt& block, const clang::VarDecl& variable) {
  return std::ranges::any_of(block.body(), [&](const clang::Stmt* stmt) {
    const auto* declaration = llvm::dyn_cast<clang::DeclStmt>(stmt);
    return declaration != nullptr &&
           std::find(declaration->decl_begin(), declaration->decl_end(), &variable) != declaration->decl_end();
  });
}

void on_stmt(const clang::Stmt& stmt, SourceContext& context) {
  const auto* block = llvm::dyn_cast<clang::CompoundStmt>(&stmt);
  const clang::FunctionDecl* function = context.function();
  if (block == nullptr || function == nullptr || !context.effective().optimised || !context.effective().hosted) return;
  const llvm::ArrayRef<clang::Stmt*> body(const_cast<clang::Stmt**>(block->body_begin()), block->size());
  for (size_t i = 0; i < body.size(); ++i) {
    if (!is_wipe(body[i])) continue;
    const clang::CallExpr& wipe = *call_in(body[i]);
    const clang::CallExpr* next = i + 1 < body.size() ? call_in(body[i + 1]) : nullptr;
    if (next != nullptr && calls(*next, {"free"}) && same_pointer(wipe.getArg(0), next->getArg(0), context.tree())) {
      say(wipe, "it is freed", context);
      continue;
    }
    const clang::VarDecl* variable = wiped_local(wipe);
    if (variable == nullptr) continue;
    const bool ends_scope = block == function->getBody() || is_declared_in(*block, *variable);
    if (ends_unread(body.drop_front(i + 1), *variable, ends_scope)) say(wipe, "the variable is gone", context);
  }
}

}  // namespace

constinit const SourceRule kPms220LostWipe = {
    .info = {"PMS220", "lost-wipe", "Secrets are wiped by a call that the optimiser keeps.", report::Level::kShould,
             14},
    .on_stmt = on_stmt};

}  // namespace proofmark::analyze
