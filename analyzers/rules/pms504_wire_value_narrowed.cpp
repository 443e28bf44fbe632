// SPDX-License-Identifier: Apache-2.0
//
// PMS504: a number from the wire, or from a volatile register, that is put into a smaller type without a check, a mask or
// a cast: the sender chooses a length of 65,540, and the check that follows sees 4.
#include <algorithm>

#include <fmt/format.h>

#include "engine/expressions.h"
#include "engine/input_functions.h"
#include "rules/firmware_rules.h"

namespace proofmark::analyze {
namespace {

// Functions of kernels and real-time systems that read a number of a known byte order from memory.
constexpr std::string_view kReaders[] = {"get_unaligned_be16", "get_unaligned_be32", "get_unaligned_be64",
                                         "get_unaligned_le16", "get_unaligned_le32", "get_unaligned_le64",
                                         "sys_get_be16",       "sys_get_be32",       "sys_get_be64",
                                         "sys_get_le16",       "sys_get_le32",       "sys_get_le64"};

bool is_decoder(std::string_view name) {
  return is_byte_decoder(name) || is_one_of(name, kReaders);
}

// What a value is, and of how many bits; none: nothing that this rule knows.
struct Origin {
  unsigned bits = 0;
  std::string_view what;
};

bool is_byte(const clang::Expr& expr, const clang::ASTContext& tree) {
  const clang::Expr* inner = expr.IgnoreParenCasts();
  const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(inner);
  const bool is_read =
      llvm::isa<clang::ArraySubscriptExpr>(inner) || (unary != nullptr && unary->getOpcode() == clang::UO_Deref);
  return is_read && inner->getType()->isIntegerType() && tree.getTypeSize(inner->getType()) == 8;
}

// Bits of "a[0] << 8 | a[1]"; nothing when a part is no byte of memory.
unsigned assembled_bits(const clang::Expr* expr, const clang::ASTContext& tree) {
  expr = expr->IgnoreParenCasts();
  const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expr);
  if (binary == nullptr) return is_byte(*expr, tree) ? 8 : 0;
  const clang::BinaryOperatorKind kind = binary->getOpcode();
  if (kind == clang::BO_Shl) {
    clang::Expr::EvalResult shift;
    if (binary->getRHS()->isValueDependent() || !is_byte(*binary->getLHS(), tree) ||
        !binary->getRHS()->EvaluateAsInt(shift, tree))
      return 0;
    return 8 + static_cast<unsigned>(shift.Val.getInt().getLimitedValue(56));
  }
  if (kind != clang::BO_Or && kind != clang::BO_Add) return 0;
  const unsigned left = assembled_bits(binary->getLHS(), tree), right = assembled_bits(binary->getRHS(), tree);
  return left == 0 || right == 0 ? 0 : std::max(left, right);
}

class Function : public clang::RecursiveASTVisitor<Function> {
 public:
  explicit Function(SourceContext& context) : context_(context), tree_(context.tree()) {}

  bool VisitVarDecl(clang::VarDecl* variable) {
    if (variable->hasLocalStorage() && variable->hasInit()) note(*variable, variable->getInit());
    return true;
  }

  bool VisitBinaryOperator(clang::BinaryOperator* binary) {
    if (binary->isComparisonOp()) note_checked(binary->getLHS()), note_checked(binary->getRHS());
    if (binary->isAssignmentOp())
      if (const clang::VarDecl* variable = variable_of(binary->getLHS()))
        note(*variable, binary->getOpcode() == clang::BO_Assign ? binary->getRHS() : nullptr);
    return true;
  }

  bool VisitSwitchStmt(clang::SwitchStmt* choice) {
    note_checked(choice->getCond());
    return true;
  }

  bool VisitUnaryOperator(clang::UnaryOperator* unary) {
    if (unary->getOpcode() == clang::UO_AddrOf || unary->isIncrementDecrementOp())
      if (const clang::VarDecl* variable = variable_of(unary->getSubExpr())) note(*variable, nullptr);
    return true;
  }

  bool VisitImplicitCastExpr(clang::ImplicitCastExpr* cast) {
    if (cast->getCastKind() == clang::CK_IntegralCast && !cast->isPartOfExplicitCast() &&
        !cast->getType()->isEnumeralType() &&
        tree_.getTypeSize(cast->getType()) < tree_.getTypeSize(cast->getSubExpr()->getType()))
      narrowings_.push_back(cast);
    return true;
  }

  void judge() {
    for (const clang::ImplicitCastExpr* cast : narrowings_) {
      const clang::Expr* value = cast->getSubExpr();
      Origin origin = origin_of(value);
      if (origin.bits == 0) origin = origin_of_variable(value);
      const auto bits = static_cast<unsigned>(tree_.getTypeSize(cast->getType()));
      if (origin.bits <= bits) continue;
      context_.report(kPms504WireValueNarrowed, value->getBeginLoc(),
                      fmt::format("{} of {} bits becomes '{}', which holds {}: the rest is dropped unseen", origin.what,
                                  origin.bits, cast->getType().getAsString(), bits),
                      "keep the full type until it is checked against a limit; cast where dropping bits is meant");
    }
  }

 private:
  static const clang::VarDecl* variable_of(const clang::Expr* expr) {
    const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr->IgnoreParenImpCasts());
    const auto* variable = reference == nullptr ? nullptr : llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
    return variable != nullptr && variable->hasLocalStorage() ? variable : nullptr;
  }

  Origin origin_of(const clang::Expr* expr) const {
    expr = expr->IgnoreParenImpCasts();
    if (const auto* call = llvm::dyn_cast<clang::CallExpr>(expr)) {
      if (!is_decoder(callee_name(*call)) || !call->getType()->isIntegerType()) return {};
      return {static_cast<unsigned>(tree_.getTypeSize(call->getType())), "a number from the wire"};
    }
    if (expr->isLValue() && expr->getType().isVolatileQualified() && !variable_of(expr))
      return {static_cast<unsigned>(tree_.getTypeSize(expr->getType())), "a register's value"};
    if (!llvm::isa<clang::BinaryOperator>(expr)) return {};
    return {assembled_bits(expr, tree_), "a number made of bytes"};
  }

  // A local that is never anything else, and that nothing in the function compares.
  Origin origin_of_variable(const clang::Expr* expr) const {
    const clang::VarDecl* variable = variable_of(expr);
    if (variable == nullptr || checked_.contains(variable)) return {};
    const auto found = origins_.find(variable);
    return found == origins_.end() ? Origin{} : found->second;
  }

  // No bits, from whatever it is: then the variable is not known to hold a wire value.
  void note(const clang::VarDecl& variable, const clang::Expr* value) {
    const Origin origin = value == nullptr ? Origin{} : origin_of(value);
    const auto [found, is_new] = origins_.try_emplace(&variable, origin);
    if (!is_new && origin.bits == 0) found->second = origin;
  }

  void note_checked(const clang::Expr* expr) {
    if (const clang::VarDecl* variable = variable_of(expr)) checked_.insert(variable);
    for (const clang::Stmt* child : expr->children())
      if (const auto* part = llvm::dyn_cast_or_null<clang::Expr>(child)) note_checked(part);
  }

  SourceContext& context_;
  const clang::ASTContext& tree_;
  llvm::DenseMap<const clang::VarDecl*, Origin> origins_;
  llvm::SmallPtrSet<const clang::VarDecl*, 8> checked_;
  std::vector<const clang::ImplicitCastExpr*> narrowings_;
};

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  if (function == nullptr || !function->isThisDeclarationADefinition() || !function->hasBody() ||
      function->isDependentContext())
    return;
  Function visitor(context);
  visitor.TraverseStmt(function->getBody());
  visitor.judge();
}

}  // namespace

constinit const SourceRule kPms504WireValueNarrowed = {
    .info = {"PMS504", "wire-value-narrowed", "No number from outside is cut to a smaller type unseen.",
             report::Level::kShould, 197},
    .on_decl = on_decl};

}  // namespace proofmark::analyze
