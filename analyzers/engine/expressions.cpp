// SPDX-License-Identifier: Apache-2.0
//
// Questions about expressions; see expressions.h.
#include "engine/expressions.h"

#include <algorithm>
#include <cctype>

namespace proofmark::analyze {
namespace {

constexpr unsigned kMaxDepth = 6;  // variables that are initialised with variables
constexpr size_t kMaxValues = 64;  // per expression
using Values = std::vector<uint64_t>;

class Evaluator {
 public:
  Evaluator(const SourceContext& context, const CodeFacts& code) : context_(context), code_(code) {}

  Values values(const clang::Expr* expr, unsigned depth) const {
    if (expr == nullptr || depth > kMaxDepth) return {};
    if (const auto value = constant_value(expr, context_)) return {*value};
    expr = expr->IgnoreParenCasts();
    if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(expr))
      return both(values(choice->getTrueExpr(), depth + 1), values(choice->getFalseExpr(), depth + 1));
    if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expr)) return combine(*binary, depth);
    if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr))
      if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl())) return of(*variable, depth);
    return {};
  }

 private:
  static Values both(Values first, const Values& second) {
    if (first.empty() || second.empty() || first.size() + second.size() > kMaxValues) return {};
    first.insert(first.end(), second.begin(), second.end());
    return first;
  }

  Values combine(const clang::BinaryOperator& binary, unsigned depth) const {
    if (binary.getOpcode() != clang::BO_Or && binary.getOpcode() != clang::BO_And) return {};
    const Values left = values(binary.getLHS(), depth + 1), right = values(binary.getRHS(), depth + 1);
    if (left.size() * right.size() > kMaxValues) return {};
    Values result;
    for (uint64_t a : left)
      for (uint64_t b : right) result.push_back(binary.getOpcode() == clang::BO_Or ? a | b : a & b);
    return result;
  }

  // Only variables that no other unit can write.
  Values of(const clang::VarDecl& variable, unsigned depth) const {
    if (llvm::isa<clang::ParmVarDecl>(variable) || variable.getType().isVolatileQualified()) return {};
    const bool ours = variable.hasLocalStorage() || !variable.isExternallyVisible();
    if (!ours && !variable.getType().isConstQualified()) return {};
    Values result;
    if (const clang::Expr* start = variable.getAnyInitializer())
      if (result = values(start, depth + 1); result.empty()) return {};
    const auto writes = code_.writes.find(variable.getCanonicalDecl());
    if (writes == code_.writes.end()) return result;
    for (const WriteFact& write : writes->second) {
      const Values more = values(write.value, depth + 1);
      if (more.empty() || result.size() + more.size() > kMaxValues) return {};
      result.insert(result.end(), more.begin(), more.end());
    }
    return result;
  }

  const SourceContext& context_;
  const CodeFacts& code_;
};

void add_discarded(const clang::Stmt* stmt, std::vector<const clang::CallExpr*>& calls) {
  const auto* expr = llvm::dyn_cast_or_null<clang::Expr>(stmt);
  if (expr == nullptr) return;
  if (const auto* call = llvm::dyn_cast<clang::CallExpr>(expr->IgnoreParenCasts())) calls.push_back(call);
}

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}
bool is_upper(char c) {
  return std::isupper(static_cast<unsigned char>(c)) != 0;
}

}  // namespace

std::vector<uint64_t> possible_values(const clang::Expr* expr, const SourceContext& context, const CodeFacts& code) {
  return Evaluator(context, code).values(expr, 0);
}

std::optional<uint64_t> constant_value(const clang::Expr* expr, const SourceContext& context) {
  clang::Expr::EvalResult result;
  if (expr == nullptr || expr->isValueDependent() || !expr->getType()->isIntegralOrEnumerationType()) return {};
  if (!expr->EvaluateAsInt(result, context.tree())) return {};
  const llvm::APSInt& value = result.Val.getInt();
  return value.getBitWidth() > 64 ? std::nullopt : std::optional(static_cast<uint64_t>(value.getExtValue()));
}

std::optional<std::string> literal_text(const clang::Expr* expr) {
  if (expr == nullptr) return {};
  expr = expr->IgnoreParenCasts();
  if (const auto* text = llvm::dyn_cast<clang::StringLiteral>(expr))
    return text->getCharByteWidth() == 1 ? std::optional(text->getString().str()) : std::nullopt;
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr);
  const auto* variable = reference == nullptr ? nullptr : llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
  if (variable == nullptr || llvm::isa<clang::ParmVarDecl>(variable)) return {};
  const clang::ASTContext& tree = variable->getASTContext();
  const bool constant =
      variable->getType().isConstQualified() ||
      (variable->getType()->isArrayType() && tree.getBaseElementType(variable->getType()).isConstQualified());
  const clang::Expr* start = variable->getAnyInitializer();
  if (!constant || start == nullptr) return {};
  const auto* text = llvm::dyn_cast<clang::StringLiteral>(start->IgnoreParenCasts());
  return text != nullptr && text->getCharByteWidth() == 1 ? std::optional(text->getString().str()) : std::nullopt;
}

std::string_view expression_name(const clang::Expr* expr) {
  if (expr == nullptr) return {};
  expr = expr->IgnoreParenCasts();
  if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expr)) return expression_name(unary->getSubExpr());
  if (const auto* subscript = llvm::dyn_cast<clang::ArraySubscriptExpr>(expr))
    return expression_name(subscript->getBase());
  const clang::NamedDecl* decl = nullptr;
  if (const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(expr)) decl = reference->getDecl();
  if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(expr)) decl = member->getMemberDecl();
  if (decl == nullptr || decl->getIdentifier() == nullptr) return {};
  const llvm::StringRef name = decl->getName();
  return {name.data(), name.size()};
}

bool is_library_call(const clang::FunctionDecl& callee, const SourceContext& context) {
  if (!callee.isExternC()) return false;
  const clang::FunctionDecl* body = callee.getDefinition();
  return body == nullptr || !context.in_project(body->getLocation());
}

const clang::Expr* argument(const clang::CallExpr& call, unsigned index) {
  return index < call.getNumArgs() ? call.getArg(index) : nullptr;
}

std::vector<const clang::CallExpr*> discarded_calls(const clang::Stmt& stmt) {
  std::vector<const clang::CallExpr*> calls;
  if (llvm::isa<clang::CompoundStmt>(stmt)) {
    for (const clang::Stmt* child : stmt.children()) add_discarded(child, calls);
  } else if (const auto* branch = llvm::dyn_cast<clang::IfStmt>(&stmt)) {
    add_discarded(branch->getThen(), calls);
    add_discarded(branch->getElse(), calls);
  } else if (const auto* loop = llvm::dyn_cast<clang::ForStmt>(&stmt)) {
    for (const clang::Stmt* part : {loop->getInit(), llvm::cast_or_null<clang::Stmt>(loop->getInc()), loop->getBody()})
      add_discarded(part, calls);
  } else if (const auto* repeat = llvm::dyn_cast<clang::WhileStmt>(&stmt)) {
    add_discarded(repeat->getBody(), calls);
  } else if (const auto* until = llvm::dyn_cast<clang::DoStmt>(&stmt)) {
    add_discarded(until->getBody(), calls);
  } else if (const auto* label = llvm::dyn_cast<clang::SwitchCase>(&stmt)) {
    add_discarded(label->getSubStmt(), calls);
  } else if (const auto* target = llvm::dyn_cast<clang::LabelStmt>(&stmt)) {
    add_discarded(target->getSubStmt(), calls);
  } else if (const auto* comma = llvm::dyn_cast<clang::BinaryOperator>(&stmt)) {
    if (comma->getOpcode() == clang::BO_Comma) add_discarded(comma->getLHS(), calls);
  }
  return calls;
}

std::string_view callee_name(const clang::CallExpr& call) {
  const clang::FunctionDecl* callee = call.getDirectCallee();
  if (callee == nullptr || callee->getIdentifier() == nullptr) return {};
  llvm::StringRef name = callee->getName();
  name.consume_front("__builtin_");
  return {name.data(), name.size()};
}

bool contains_word(std::string_view identifier, std::initializer_list<std::string_view> words) {
  std::vector<std::string> parts(1);
  for (size_t i = 0; i < identifier.size(); ++i) {
    const char c = identifier[i];
    const bool hump = i > 0 && is_upper(c) && !is_upper(identifier[i - 1]);
    if (c == '_' || hump) parts.emplace_back();
    if (c != '_') parts.back() += lower(c);
  }
  return std::ranges::any_of(words,
                             [&](std::string_view word) { return std::ranges::find(parts, word) != parts.end(); });
}

}  // namespace proofmark::analyze
