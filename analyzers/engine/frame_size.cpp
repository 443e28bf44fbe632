// SPDX-License-Identifier: Apache-2.0
//
// The sum over scopes; see frame_size.h.
#include "engine/frame_size.h"

#include <algorithm>

namespace proofmark::analyze {
namespace {

class Measure {
 public:
  explicit Measure(const clang::ASTContext& tree) : tree_(tree) {}

  FrameSize of(const clang::FunctionDecl& function) {
    std::uint64_t arguments = 0;
    for (const clang::ParmVarDecl* parameter : function.parameters())
      if (parameter->getType()->isRecordType()) arguments += size_of(parameter->getType());
    const Need body = need(function.getBody());
    size_.bytes = arguments + body.here + body.inner + until_return_;
    return size_;
  }

 private:
  // What a statement adds to the scope around it, and the most that the scopes within need on top of that.
  struct Need {
    std::uint64_t here = 0, inner = 0;
  };

  std::uint64_t size_of(clang::QualType type) const {
    if (type->isIncompleteType() || type->isDependentType() || type->isVariablyModifiedType()) return 0;
    const std::int64_t bytes = tree_.getTypeSizeInChars(type).getQuantity();
    const std::int64_t alignment = std::max<std::int64_t>(1, tree_.getTypeAlignInChars(type).getQuantity());
    return static_cast<std::uint64_t>((bytes + alignment - 1) / alignment * alignment);
  }

  std::uint64_t take(const clang::VarDecl& variable) {
    if (!variable.hasLocalStorage()) return 0;
    const clang::QualType type = variable.getType();
    const std::uint64_t bytes = type->isReferenceType() ? tree_.getTypeSize(tree_.VoidPtrTy) / 8 : size_of(type);
    if (bytes > size_.largest_bytes) {
      size_.largest = &variable;
      size_.largest_bytes = bytes;
    }
    return bytes;
  }

  Need need(const clang::Stmt* stmt) {
    Need sum;
    if (stmt == nullptr || llvm::isa<clang::LambdaExpr, clang::UnaryExprOrTypeTraitExpr>(stmt)) return sum;
    if (const auto* declaration = llvm::dyn_cast<clang::DeclStmt>(stmt))
      for (const clang::Decl* decl : declaration->decls())
        if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(decl)) sum.here += take(*variable);
    if (const auto* literal = llvm::dyn_cast<clang::CompoundLiteralExpr>(stmt))
      if (literal->isLValue() && !literal->isFileScope()) sum.here += size_of(literal->getType());
    if (const auto* call = llvm::dyn_cast<clang::CallExpr>(stmt)) take_alloca(*call);
    for (const clang::Stmt* child : stmt->children()) {
      const Need part = need(child);
      sum.here += part.here;
      sum.inner = std::max(sum.inner, part.inner);
    }
    const bool is_scope = llvm::isa<clang::CompoundStmt, clang::ForStmt, clang::CXXForRangeStmt, clang::IfStmt,
                                    clang::SwitchStmt, clang::WhileStmt>(stmt);
    return is_scope ? Need{0, sum.here + sum.inner} : sum;
  }

  // Only when its size is a constant: what else it takes is PMS217's.
  void take_alloca(const clang::CallExpr& call) {
    const unsigned builtin = call.getBuiltinCallee();
    const bool is_alloca = builtin == clang::Builtin::BI__builtin_alloca || builtin == clang::Builtin::BIalloca;
    clang::Expr::EvalResult size;
    if (is_alloca && call.getNumArgs() == 1 && !call.getArg(0)->isValueDependent() &&
        call.getArg(0)->EvaluateAsInt(size, tree_))
      until_return_ += size.Val.getInt().getLimitedValue();
  }

  const clang::ASTContext& tree_;
  FrameSize size_;
  std::uint64_t until_return_ = 0;
};

}  // namespace

FrameSize frame_size(const clang::FunctionDecl& function) {
  return Measure(function.getASTContext()).of(function);
}

}  // namespace proofmark::analyze
