// SPDX-License-Identifier: Apache-2.0
//
// Constant overflows; see constant_overflow.h.
#include "rules/constant_overflow.h"

#include <array>
#include <optional>

#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/memory_kind.h"
#include "rules/path_rule.h"

namespace proofmark::analyze {
namespace {

using clang::dyn_cast;

// A function that writes `size` (times `count`) bytes to a buffer; argument numbers from 0, -1 = none.
struct Writer {
  std::string_view name;
  int buffer, size, count = -1;
};

constexpr std::array<Writer, 23> kWriters = {
    {{"memcpy", 0, 2},      {"memmove", 0, 2},   {"memset", 0, 2},    {"mempcpy", 0, 2}, {"strncpy", 0, 2},
     {"stpncpy", 0, 2},     {"strlcpy", 0, 2},   {"bcopy", 1, 2},     {"bzero", 0, 1},   {"recv", 1, 2},
     {"recvfrom", 1, 2},    {"read", 1, 2},      {"pread", 1, 2},     {"pread64", 1, 2}, {"fread", 0, 1, 2},
     {"fgets", 0, 1},       {"snprintf", 0, 1},  {"vsnprintf", 0, 1}, {"getcwd", 0, 1},  {"readlink", 1, 2},
     {"gethostname", 0, 1}, {"getrandom", 0, 1}, {"strftime", 0, 1}}};

// Functions that copy a whole string, which is judged when it is a literal.
constexpr std::array<std::string_view, 3> kStringCopies = {"strcpy", "stpcpy", "strcat"};

struct Destination {
  const clang::VarDecl* variable = nullptr;
  std::uint64_t capacity = 0;  // bytes from the address to the end of the array
  std::string text;            // as written, for the message
};

class OverflowVisitor : public clang::RecursiveASTVisitor<OverflowVisitor> {
 public:
  OverflowVisitor(clang::ASTContext& tree, const SourcePlaces& places, const report::Policy& policy,
                  std::vector<report::Finding>& findings)
      : tree_(tree), places_(places), policy_(policy), findings_(findings) {}

  // The operand of sizeof is not evaluated.
  bool TraverseUnaryExprOrTypeTraitExpr(clang::UnaryExprOrTypeTraitExpr*) { return true; }

  bool VisitCallExpr(clang::CallExpr* call) {
    const clang::FunctionDecl* callee = call->getDirectCallee();
    if (callee == nullptr || callee->getIdentifier() == nullptr) return true;
    llvm::StringRef name = callee->getName();
    name.consume_front("__builtin_");
    const std::string_view plain(name.data(), name.size());
    for (const Writer& writer : kWriters)
      if (writer.name == plain) check_writer(*call, writer);
    for (std::string_view copy : kStringCopies)
      if (copy == plain) check_string_copy(*call, copy);
    return true;
  }

  bool VisitArraySubscriptExpr(clang::ArraySubscriptExpr* subscript) {
    const clang::Expr* base = subscript->getBase()->IgnoreParenImpCasts();
    const auto* array = tree_.getAsConstantArrayType(base->getType());
    const clang::VarDecl* variable = accessed_variable(base);
    const auto index = constant(subscript->getIdx());
    if (array == nullptr || variable == nullptr || !index || is_flexible(base)) return true;
    const std::uint64_t elements = array->getSize().getZExtValue();
    // One past the end is a valid address, though not a valid access; &a[n] is common.
    if (*index >= 0 &&
        static_cast<std::uint64_t>(*index) <= elements - (elements > 0 && !is_address_taken(subscript) ? 1 : 0))
      return true;
    report(*variable, subscript->getExprLoc(),
           fmt::format("index {} is outside the {} elements of '{}'", *index, elements, source_text(base)));
    return true;
  }

 private:
  void check_writer(const clang::CallExpr& call, const Writer& writer) {
    const auto destination = destination_of(call, writer.buffer);
    auto size = constant_argument(call, writer.size);
    const auto count = writer.count < 0 ? std::optional<std::int64_t>(1) : constant_argument(call, writer.count);
    if (!destination || !size || !count || *size <= 0 || *count <= 0) return;
    const auto bytes = static_cast<std::uint64_t>(*size) * static_cast<std::uint64_t>(*count);
    if (bytes <= destination->capacity) return;
    report(*destination->variable, call.getExprLoc(),
           fmt::format("{} may write {} bytes to '{}', which holds {}", writer.name, bytes, destination->text,
                       destination->capacity));
  }

  void check_string_copy(const clang::CallExpr& call, std::string_view name) {
    const auto destination = destination_of(call, 0);
    if (!destination || call.getNumArgs() < 2) return;
    const auto* literal = dyn_cast<clang::StringLiteral>(call.getArg(1)->IgnoreParenCasts());
    if (literal == nullptr || literal->getCharByteWidth() != 1) return;
    const std::uint64_t bytes = literal->getLength() + 1;
    if (bytes <= destination->capacity) return;
    report(*destination->variable, call.getExprLoc(),
           fmt::format("{} writes {} bytes to '{}', which holds {}", name, bytes, destination->text,
                       destination->capacity));
  }

  // The array that an argument points into, when that is a local or static variable or a part of one.
  std::optional<Destination> destination_of(const clang::CallExpr& call, int index) {
    if (index < 0 || static_cast<unsigned>(index) >= call.getNumArgs()) return std::nullopt;
    const clang::Expr* address = call.getArg(static_cast<unsigned>(index))->IgnoreParenCasts();
    std::int64_t offset = 0;  // in elements
    if (const auto* sum = dyn_cast<clang::BinaryOperator>(address);
        sum != nullptr && sum->getOpcode() == clang::BO_Add) {
      const auto value = constant(sum->getRHS());
      if (!value || *value < 0) return std::nullopt;
      offset = *value;
      address = sum->getLHS()->IgnoreParenCasts();
    } else if (const auto* of = dyn_cast<clang::UnaryOperator>(address);
               of != nullptr && of->getOpcode() == clang::UO_AddrOf) {
      return whole_object(of->getSubExpr()->IgnoreParens());
    }
    const auto* array = tree_.getAsConstantArrayType(address->getType());
    const clang::VarDecl* variable = accessed_variable(address);
    if (array == nullptr || variable == nullptr || is_flexible(address)) return std::nullopt;
    const auto element = static_cast<std::uint64_t>(tree_.getTypeSizeInChars(array->getElementType()).getQuantity());
    const std::uint64_t size = element * array->getSize().getZExtValue();
    const std::uint64_t used = element * static_cast<std::uint64_t>(offset);
    return Destination{variable, used > size ? 0 : size - used, source_text(address)};
  }

  // "&x" and "&a[2]": the size of x, and what is left of a.
  std::optional<Destination> whole_object(const clang::Expr* object) {
    const clang::VarDecl* variable = accessed_variable(object);
    if (variable == nullptr || object->getType()->isIncompleteType() || is_flexible(object)) return std::nullopt;
    if (const auto* subscript = dyn_cast<clang::ArraySubscriptExpr>(object)) {
      const clang::Expr* base = subscript->getBase()->IgnoreParenImpCasts();
      const auto* array = tree_.getAsConstantArrayType(base->getType());
      const auto index = constant(subscript->getIdx());
      if (array == nullptr || !index || *index < 0 || is_flexible(base)) return std::nullopt;
      const auto element = static_cast<std::uint64_t>(tree_.getTypeSizeInChars(array->getElementType()).getQuantity());
      const std::uint64_t elements = array->getSize().getZExtValue();
      const auto at = std::min(static_cast<std::uint64_t>(*index), elements);
      return Destination{variable, element * (elements - at), source_text(base)};
    }
    // A member's address is commonly used to reach the members after it; only whole variables are judged.
    if (!llvm::isa<clang::DeclRefExpr>(object)) return std::nullopt;
    return Destination{variable, static_cast<std::uint64_t>(tree_.getTypeSizeInChars(object->getType()).getQuantity()),
                       source_text(object)};
  }

  // An array at the end of a structure may have been given more room than its type says.
  bool is_flexible(const clang::Expr* object) const {
    const auto* member = dyn_cast<clang::MemberExpr>(object->IgnoreParenImpCasts());
    const auto* field = member == nullptr ? nullptr : dyn_cast<clang::FieldDecl>(member->getMemberDecl());
    if (field == nullptr) return false;
    const auto* array = tree_.getAsConstantArrayType(field->getType());
    return array == nullptr || array->getSize().ule(1);
  }

  bool is_address_taken(const clang::Expr* expression) const {
    const auto parents = tree_.getParents(*expression);
    const auto* unary = parents.empty() ? nullptr : parents[0].get<clang::UnaryOperator>();
    return unary != nullptr && unary->getOpcode() == clang::UO_AddrOf;
  }

  std::optional<std::int64_t> constant(const clang::Expr* expression) const {
    clang::Expr::EvalResult value;
    if (expression->isValueDependent() || !expression->EvaluateAsInt(value, tree_)) return std::nullopt;
    const llvm::APSInt number = value.Val.getInt();
    if (!number.isRepresentableByInt64()) return std::nullopt;
    return number.getExtValue();
  }

  std::optional<std::int64_t> constant_argument(const clang::CallExpr& call, int index) const {
    if (index < 0 || static_cast<unsigned>(index) >= call.getNumArgs()) return std::nullopt;
    return constant(call.getArg(static_cast<unsigned>(index)));
  }

  std::string source_text(const clang::Expr* expression) const {
    return clang::Lexer::getSourceText(clang::CharSourceRange::getTokenRange(expression->getSourceRange()),
                                       tree_.getSourceManager(), tree_.getLangOpts())
        .str();
  }

  void report(const clang::VarDecl& variable, clang::SourceLocation place, std::string message) {
    const PathRule& rule = memory_of(variable) == Memory::kStack ? kPms101StackOverflow : kPms103OutOfBoundsWrite;
    report::Finding finding = report::make_finding(rule.info, policy_.level(rule.info), std::move(message));
    if (finding.level == report::Level::kOff) return;
    finding.where = places_.at(place);
    finding.path.push_back(
        {places_.at(variable.getLocation()), fmt::format("'{}' is declared here", variable.getNameAsString())});
    findings_.push_back(std::move(finding));
  }

  clang::ASTContext& tree_;
  const SourcePlaces& places_;
  const report::Policy& policy_;
  std::vector<report::Finding>& findings_;
};

}  // namespace

void find_constant_overflows(clang::ASTContext& tree, const SourcePlaces& places, const report::Policy& policy,
                             std::vector<report::Finding>& findings) {
  OverflowVisitor visitor(tree, places, policy, findings);
  // Bodies in system headers are most of a unit and none of its author's business.
  for (clang::Decl* decl : tree.getTranslationUnitDecl()->decls())
    if (!tree.getSourceManager().isInSystemHeader(decl->getLocation())) visitor.TraverseDecl(decl);
}

}  // namespace proofmark::analyze
