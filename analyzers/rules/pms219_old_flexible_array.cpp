// SPDX-License-Identifier: Apache-2.0
//
// PMS219: arrays of 0 or 1 elements that stand for "as many as were allocated". While such code exists, the compiler must
// take every array at the end of a struct for one, and neither FORTIFY nor a bounds check knows its size.
#include <fmt/format.h>

#include "engine/buffer_calls.h"
#include "engine/clang_headers.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

const clang::FieldDecl* trailing_field(const clang::Expr* expr) {
  const auto* member = llvm::dyn_cast<clang::MemberExpr>(expr->IgnoreParenImpCasts());
  const auto* field = member == nullptr ? nullptr : llvm::dyn_cast<clang::FieldDecl>(member->getMemberDecl());
  if (field == nullptr || field->getParent()->isUnion()) return nullptr;
  const clang::FieldDecl* last = nullptr;
  for (const clang::FieldDecl* each : field->getParent()->fields()) last = each;
  return last == field ? field : nullptr;
}

uint64_t elements(const clang::FieldDecl& field) {
  const auto* array = field.getASTContext().getAsConstantArrayType(field.getType());
  return array == nullptr ? UINT64_MAX : array->getSize().getLimitedValue();
}

bool is_last(const clang::FieldDecl& field) {
  const clang::FieldDecl* last = nullptr;
  for (const clang::FieldDecl* each : field.getParent()->fields()) last = each;
  return last == &field && !field.getParent()->isUnion();
}

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* field = llvm::dyn_cast<clang::FieldDecl>(&decl);
  if (field == nullptr || elements(*field) != 0 || !is_last(*field)) return;
  context.report(kPms219OldFlexibleArray, field->getLocation(),
                 fmt::format("'{}[0]' hides the size of every array at the end of a struct", field->getNameAsString()),
                 fmt::format("write {}[]", field->getNameAsString()));
}

void say(const clang::FieldDecl& field, clang::SourceLocation where, std::string_view how, SourceContext& context) {
  context.report(
      kPms219OldFlexibleArray, where,
      fmt::format("'{}[1]' is {}{}: a flexible array in disguise", field.getNameAsString(), how, in_function(context)),
      fmt::format("declare {}[], and allocate offsetof plus the elements", field.getNameAsString()));
}

void on_stmt(const clang::Stmt& stmt, SourceContext& context) {
  const auto* element = llvm::dyn_cast<clang::ArraySubscriptExpr>(&stmt);
  if (element == nullptr || element->getIdx()->isValueDependent()) return;
  const clang::FieldDecl* field = trailing_field(element->getBase());
  if (field == nullptr || elements(*field) != 1 || !context.in_project(field->getLocation())) return;
  clang::Expr::EvalResult index;
  if (element->getIdx()->EvaluateAsInt(index, context.tree()) && index.Val.getInt() == 0) return;
  say(*field, element->getBeginLoc(), "indexed by more than 0", context);
}

void on_call(const clang::CallExpr& call, const clang::FunctionDecl&, std::string_view name, SourceContext& context) {
  if (!writes_buffer(name) || !name.starts_with("mem") || call.getNumArgs() < 3) return;
  const clang::FieldDecl* field = trailing_field(call.getArg(0)->IgnoreParenCasts());
  if (field == nullptr || elements(*field) != 1 || !context.in_project(field->getLocation())) return;
  const clang::Expr* size = call.getArg(2);
  if (size->isValueDependent() || size->isEvaluatable(context.tree())) return;
  say(*field, call.getBeginLoc(), "filled with a variable number of bytes", context);
}

}  // namespace

constinit const SourceRule kPms219OldFlexibleArray = {
    .info = {"PMS219", "old-flexible-array", "Flexible arrays are declared as such: [] and not [0] or [1].",
             report::Level::kShould, 125},
    .on_decl = on_decl,
    .on_stmt = on_stmt,
    .on_call = on_call};

}  // namespace proofmark::analyze
