// SPDX-License-Identifier: Apache-2.0
//
// Interval arithmetic over symbolic expressions; see value_bounds.h.
#include "engine/value_bounds.h"

#include <algorithm>
#include <cmath>

namespace proofmark::analyze {
namespace {

namespace ento = clang::ento;

constexpr unsigned kMaxDepth = 16;

double as_double(const llvm::APSInt& value) {
  return value.isSigned() ? static_cast<double>(value.getSExtValue()) : static_cast<double>(value.getZExtValue());
}

// Wider than 64 bits: nothing of interest.
bool is_plain(const llvm::APSInt& value) {
  return value.getSignificantBits() <= 64;
}

Bounds of_type(clang::QualType type, const clang::ASTContext& tree) {
  const double bits = static_cast<double>(tree.getTypeSize(type));
  if (type->isSignedIntegerOrEnumerationType()) return {-std::exp2(bits - 1), std::exp2(bits - 1) - 1};
  return {0, std::exp2(bits) - 1};
}

Bounds combine(clang::BinaryOperatorKind kind, const Bounds& a, const Bounds& b) {
  const bool positive = a.least >= 0 && b.least >= 0;
  const Bounds unknown{-HUGE_VAL, HUGE_VAL};
  switch (kind) {
    case clang::BO_Add:
      return {a.least + b.least, a.most + b.most};
    case clang::BO_Sub:
      return {a.least - b.most, a.most - b.least};
    case clang::BO_Mul:
      return positive ? Bounds{a.least * b.least, a.most * b.most} : unknown;
    case clang::BO_Shl:
      return positive && b.most < 64 ? Bounds{a.least * std::exp2(b.least), a.most * std::exp2(b.most)} : unknown;
    case clang::BO_Shr:
      return positive && b.least < 64 ? Bounds{0, std::floor(a.most / std::exp2(b.least))} : unknown;
    case clang::BO_Div:
      return positive && b.least >= 1 ? Bounds{0, std::floor(a.most / b.least)} : unknown;
    case clang::BO_Rem:
      return positive && b.least >= 1 ? Bounds{0, std::min(a.most, b.most - 1)} : unknown;
    case clang::BO_And:
      return positive ? Bounds{0, std::min(a.most, b.most)} : unknown;
    case clang::BO_Or:
    case clang::BO_Xor:  // at most all bits that either has
      return positive ? Bounds{0, std::min(a.most + b.most,
                                           std::exp2(std::ceil(std::log2(std::max(a.most, b.most) + 1))) - 1)}
                      : unknown;
    default:
      return clang::BinaryOperator::isComparisonOp(kind) ? Bounds{0, 1} : unknown;
  }
}

class Evaluator {
 public:
  explicit Evaluator(ento::ProgramStateRef state) : state_(std::move(state)) {}

  Bounds of(ento::SymbolRef symbol, unsigned depth) const {
    const clang::QualType type = symbol->getType();
    const clang::ASTContext& tree = state_->getStateManager().getContext();
    if (!type->isIntegralOrEnumerationType()) return {-HUGE_VAL, HUGE_VAL};
    Bounds limits = of_type(type, tree);
    if (depth < kMaxDepth) narrow(limits, of_parts(symbol, depth + 1));
    ento::ConstraintManager& constraints = state_->getConstraintManager();
    if (const llvm::APSInt* least = constraints.getSymMinVal(state_, symbol); least != nullptr && is_plain(*least))
      limits.least = std::max(limits.least, as_double(*least));
    if (const llvm::APSInt* most = constraints.getSymMaxVal(state_, symbol); most != nullptr && is_plain(*most))
      limits.most = std::min(limits.most, as_double(*most));
    return limits;
  }

 private:
  // A result that may lie outside of the type comes back in anywhere.
  static void narrow(Bounds& limits, const Bounds& parts) {
    limits.wraps = parts.wraps;
    if (parts.least >= limits.least && parts.most <= limits.most) {
      limits.least = parts.least;
      limits.most = parts.most;
    } else if (std::isfinite(parts.most) && parts.most > limits.most) {
      limits.wraps = true;
    }
  }

  Bounds of_parts(ento::SymbolRef symbol, unsigned depth) const {
    if (const auto* cast = llvm::dyn_cast<ento::SymbolCast>(symbol)) return of(cast->getOperand(), depth);
    if (const auto* left = llvm::dyn_cast<ento::SymIntExpr>(symbol))
      return both(left->getOpcode(), of(left->getLHS(), depth), constant(left->getRHS()));
    if (const auto* right = llvm::dyn_cast<ento::IntSymExpr>(symbol))
      return both(right->getOpcode(), constant(right->getLHS()), of(right->getRHS(), depth));
    if (const auto* two = llvm::dyn_cast<ento::SymSymExpr>(symbol))
      return both(two->getOpcode(), of(two->getLHS(), depth), of(two->getRHS(), depth));
    return {-HUGE_VAL, HUGE_VAL};
  }

  static Bounds constant(const llvm::APSInt& value) {
    if (!is_plain(value)) return {-HUGE_VAL, HUGE_VAL};
    return {as_double(value), as_double(value)};
  }

  static Bounds both(clang::BinaryOperatorKind kind, const Bounds& a, const Bounds& b) {
    Bounds result = combine(kind, a, b);
    result.wraps = a.wraps || b.wraps;
    return result;
  }

  ento::ProgramStateRef state_;
};

}  // namespace

Bounds value_bounds(ento::ProgramStateRef state, ento::SymbolRef symbol) {
  return Evaluator(std::move(state)).of(symbol, 0);
}

}  // namespace proofmark::analyze
