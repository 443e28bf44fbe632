// SPDX-License-Identifier: Apache-2.0
//
// PMS505: bytes read as a wider integer or a structure. The address need not be a multiple of what the type wants, which
// some processors refuse and compilers may assume; and the order of the bytes is that of the machine, not of the format.
#include <algorithm>

#include <fmt/format.h>

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include <clang/AST/RecordLayout.h>
#pragma clang diagnostic pop

#include "engine/expressions.h"
#include "rules/firmware_rules.h"

namespace proofmark::analyze {
namespace {

constexpr std::string_view kAllocators[] = {"malloc", "calloc", "realloc", "aligned_alloc", "memalign", "mmap"};

bool is_bytes(clang::QualType type) {
  return type->isCharType() || type->isStdByteType();
}

// The pointer or array that an address is computed from: p in p + 4, &p[4], (uint8_t *)p.
const clang::Expr* origin(const clang::Expr* expr) {
  for (;;) {
    expr = expr->IgnoreParenImpCasts();
    if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expr)) {
      if (!binary->isAdditiveOp()) return expr;
      expr = binary->getLHS()->getType()->isPointerType() ? binary->getLHS() : binary->getRHS();
    } else if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expr)) {
      const auto* element = llvm::dyn_cast<clang::ArraySubscriptExpr>(unary->getSubExpr()->IgnoreParens());
      if (unary->getOpcode() != clang::UO_AddrOf || element == nullptr) return expr;
      expr = element->getBase();
    } else {
      return expr;
    }
  }
}

// The alignment in bits that an array has by its declaration; 8 when it is not known.
unsigned declared_alignment(const clang::Expr& expr, const clang::ASTContext& tree) {
  // Not what the target happens to give to large arrays.
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(&expr))
    return reference->getType()->isArrayType() ? std::max(8U, reference->getDecl()->getMaxAlignment()) : 8;
  const auto* member = llvm::dyn_cast<clang::MemberExpr>(&expr);
  const auto* field = member == nullptr ? nullptr : llvm::dyn_cast<clang::FieldDecl>(member->getMemberDecl());
  if (field == nullptr || !field->getType()->isArrayType()) return 8;
  const clang::ASTRecordLayout& layout = tree.getASTRecordLayout(field->getParent());
  const uint64_t offset = layout.getFieldOffset(field->getFieldIndex());
  const auto whole = static_cast<unsigned>(tree.toBits(layout.getAlignment()));
  return offset == 0 ? whole : std::min(whole, 1U << llvm::countr_zero(offset));
}

// Memory that malloc gave fits every type.
bool is_allocated(const clang::Expr& expr) {
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(&expr);
  const auto* variable = reference == nullptr ? nullptr : llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
  const clang::Expr* value = variable == nullptr ? &expr : variable->getAnyInitializer();
  const auto* call = value == nullptr ? nullptr : llvm::dyn_cast<clang::CallExpr>(value->IgnoreParenCasts());
  return call != nullptr && is_one_of(callee_name(*call), kAllocators);
}

// The cast itself when it makes a pointer to something wide of a pointer to bytes.
const clang::ExplicitCastExpr* widening(const clang::Expr* expr, const clang::ASTContext& tree) {
  const auto* cast = llvm::dyn_cast<clang::ExplicitCastExpr>(expr->IgnoreParenImpCasts());
  if (cast == nullptr || !cast->getType()->isPointerType() || cast->isTypeDependent()) return nullptr;
  const clang::QualType to = cast->getType()->getPointeeType();
  const clang::Expr* source = cast->getSubExpr()->IgnoreParenImpCasts();
  const clang::QualType from = source->getType()->isArrayType()
                                   ? clang::QualType(source->getType()->getArrayElementTypeNoTypeQual(), 0)
                                   : source->getType()->getPointeeType();
  if (from.isNull() || !is_bytes(from) || to->isIncompleteType() || to->isDependentType()) return nullptr;
  if (!to->isRecordType() && !to->isIntegerType()) return nullptr;
  const unsigned wanted = tree.getTypeAlign(to);
  if (wanted <= 8) return nullptr;
  const clang::Expr* base = origin(source);
  if (llvm::isa<clang::ExplicitCastExpr, clang::StringLiteral>(base)) return nullptr;  // it was another type before
  return declared_alignment(*base, tree) >= wanted || is_allocated(*base) ? nullptr : cast;
}

void check(const clang::Expr* pointer, SourceContext& context) {
  if (pointer == nullptr || context.function() == nullptr || !context.in_project(pointer->getBeginLoc())) return;
  const clang::ExplicitCastExpr* cast = widening(pointer, context.tree());
  if (cast == nullptr) return;
  const clang::QualType to = cast->getType()->getPointeeType();
  const std::string_view name = expression_name(origin(cast->getSubExpr()));
  context.report(kPms505ByteBufferCast, cast->getBeginLoc(),
                 fmt::format("{} accessed as '{}', which must lie at a multiple of {}",
                             name.empty() ? "bytes are" : fmt::format("the bytes at '{}' are", name),
                             to.getUnqualifiedType().getAsString(), context.tree().getTypeAlign(to) / 8),
                 "copy with memcpy into a variable of that type, then turn the byte order (be32toh, le32toh)");
}

void on_stmt(const clang::Stmt& stmt, SourceContext& context) {
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(&stmt)) {
    if (unary->getOpcode() == clang::UO_Deref) check(unary->getSubExpr(), context);
  } else if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(&stmt)) {
    if (member->isArrow()) check(member->getBase(), context);
  } else if (const auto* element = llvm::dyn_cast<clang::ArraySubscriptExpr>(&stmt)) {
    check(element->getBase(), context);
  } else if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(&stmt)) {
    if (binary->getOpcode() == clang::BO_Assign) check(binary->getRHS(), context);
  } else if (const auto* declaration = llvm::dyn_cast<clang::DeclStmt>(&stmt)) {
    for (const clang::Decl* decl : declaration->decls())
      if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl)) check(variable->getInit(), context);
  }
}

}  // namespace

constinit const SourceRule kPms505ByteBufferCast = {
    .info = {"PMS505", "byte-buffer-cast", "Bytes are not read through a pointer to a wider type.",
             report::Level::kShould, 188},
    .on_stmt = on_stmt};

}  // namespace proofmark::analyze
