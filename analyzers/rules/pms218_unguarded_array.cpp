// SPDX-License-Identifier: Apache-2.0
//
// PMS218: arrays that the requested canary does not cover. Plain -fstack-protector looks at character arrays of 8 bytes and
// more; and whatever the level, GCC gives no canary for an array in a struct that is passed by value in registers.
#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

constexpr uint64_t kLargeEnough = 8;   // ssp-buffer-size
constexpr uint64_t kInRegisters = 16;  // bytes, on amd64 and arm64 alike

bool is_character(clang::QualType type) {
  return type->isAnyCharacterType() || type->isSpecificBuiltinType(clang::BuiltinType::SChar) ||
         type->isSpecificBuiltinType(clang::BuiltinType::UChar);
}

enum class Array { kNone, kSmall, kGuarded };

// The array in the type that plain -fstack-protector likes best.
Array array_in(clang::QualType type, const clang::ASTContext& tree, int depth = 0) {
  constexpr int kDeepest = 8;
  if (depth > kDeepest || type->isDependentType()) return Array::kNone;
  if (const auto* array = tree.getAsConstantArrayType(type)) {
    const bool guarded = is_character(array->getElementType()) && array->getSize().uge(kLargeEnough);
    return guarded ? Array::kGuarded : Array::kSmall;
  }
  Array best = Array::kNone;
  if (const auto* record = type->getAsRecordDecl(); record != nullptr && record->isCompleteDefinition())
    for (const clang::FieldDecl* field : record->fields())
      best = std::max(best, array_in(field->getType(), tree, depth + 1));
  return best;
}

// One finding per function, at the first array, when no other variable brings a canary.
void judge_plain(const clang::FunctionDecl& function, SourceContext& context) {
  const clang::VarDecl* small = nullptr;
  for (const clang::Decl* decl : function.decls()) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl);
    if (variable == nullptr || !variable->hasLocalStorage() || llvm::isa<clang::ParmVarDecl>(variable)) continue;
    const Array array = array_in(variable->getType(), context.tree());
    if (array == Array::kGuarded || variable->getType()->isVariableArrayType()) return;
    if (array == Array::kSmall && small == nullptr) small = variable;
  }
  if (small == nullptr) return;
  context.report(kPms218UnguardedArray, small->getLocation(),
                 fmt::format("array '{}' gives '{}' no canary: -fstack-protector only looks at 8 characters and more",
                             small->getNameAsString(), function.getNameAsString()),
                 "use -fstack-protector-strong");
}

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  if (function == nullptr || !function->doesThisDeclarationHaveABody() || function->isDependentContext()) return;
  if (context.effective().stack_protector == StackProtector::kPlain) judge_plain(*function, context);
}

const clang::ParmVarDecl* parameter_of(const clang::Expr* expr) {
  expr = expr->IgnoreParenCasts();
  while (const auto* member = llvm::dyn_cast<clang::MemberExpr>(expr)) {
    if (member->isArrow()) return nullptr;
    expr = member->getBase()->IgnoreParenCasts();
  }
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr);
  return reference == nullptr ? nullptr : llvm::dyn_cast<clang::ParmVarDecl>(reference->getDecl());
}

// The parameter whose array is indexed by a variable, or that is handed on by its address.
const clang::ParmVarDecl* exposed_parameter(const clang::Stmt& stmt, const clang::ASTContext& tree) {
  if (const auto* element = llvm::dyn_cast<clang::ArraySubscriptExpr>(&stmt)) {
    const clang::Expr* index = element->getIdx();
    const bool known = index->isValueDependent() || index->isEvaluatable(tree);
    const clang::Expr* base = element->getBase()->IgnoreParenImpCasts();
    return known || !base->getType()->isArrayType() ? nullptr : parameter_of(base);
  }
  const auto* call = llvm::dyn_cast<clang::CallExpr>(&stmt);
  if (call == nullptr) return nullptr;
  for (const clang::Expr* argument : call->arguments()) {
    const auto* address = llvm::dyn_cast<clang::UnaryOperator>(argument->IgnoreParenCasts());
    const bool takes_address = address != nullptr && address->getOpcode() == clang::UO_AddrOf;
    const clang::Expr* inner = takes_address ? address->getSubExpr() : argument->IgnoreParenImpCasts();
    if (!takes_address && !inner->getType()->isArrayType()) continue;
    if (const clang::ParmVarDecl* parameter = parameter_of(inner)) return parameter;
  }
  return nullptr;
}

void on_stmt(const clang::Stmt& stmt, SourceContext& context) {
  const StackProtector level = context.effective().stack_protector;
  if (!context.for_gcc() || level == StackProtector::kNone || level == StackProtector::kAll) return;
  if (context.effective().compiler.target.find("64") == std::string::npos) return;
  const clang::ParmVarDecl* parameter = exposed_parameter(stmt, context.tree());
  if (parameter == nullptr || !parameter->getType()->isRecordType()) return;
  const clang::QualType type = parameter->getType();
  if (array_in(type, context.tree()) == Array::kNone) return;
  if (context.tree().getTypeSizeInChars(type).getQuantity() > static_cast<int64_t>(kInRegisters)) return;
  context.report(
      kPms218UnguardedArray, stmt.getBeginLoc(),
      fmt::format("'{}' is passed in registers and spilled to the stack: {} gives '{}' no canary for its array",
                  parameter->getNameAsString(), context.effective().compiler.describe(),
                  context.function() == nullptr ? "" : context.function()->getNameAsString()),
      "pass a pointer to it, or copy it to a local variable");
}

}  // namespace

constinit const SourceRule kPms218UnguardedArray = {
    .info = {"PMS218", "unguarded-array", "Every array on the stack gives its function a canary.",
             report::Level::kShould, 121},
    .on_decl = on_decl,
    .on_stmt = on_stmt};

}  // namespace proofmark::analyze
