// SPDX-License-Identifier: Apache-2.0
//
// PMS412: a password or key in the source is the same in every device, and in the hands of everybody who has the image.
// Names tell what is one; texts that look like a name, a prompt, a path or a format are not.
#include <algorithm>
#include <cctype>
#include <set>

#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

constexpr size_t kShortestText = 4;
constexpr uint64_t kShortestKey = 16;  // bytes
constexpr size_t kDistinctBytes = 8;   // a key has more, a table of flags or a zeroed buffer has fewer

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

// The last word says what the thing is: "default_password" is one, "password_file" is not.
std::string last_word(std::string_view name) {
  while (!name.empty() && (std::isdigit(static_cast<unsigned char>(name.back())) != 0 || name.back() == '_'))
    name.remove_suffix(1);
  size_t start = name.size();
  while (start > 0 && name[start - 1] != '_' &&
         (start == name.size() || std::isupper(static_cast<unsigned char>(name[start])) == 0 ||
          std::isupper(static_cast<unsigned char>(name[start - 1])) != 0))
    --start;
  return lower_case(name.substr(start));
}

bool names_text(std::string_view name) {
  static constexpr std::string_view kWords[] = {"password", "passwd", "passphrase", "secret", "apikey"};
  const std::string last = last_word(name);
  if (is_one_of(last, kWords)) return true;
  return (last == "token" && contains_word(name, {"auth", "access", "api", "session", "bearer"})) ||
         (last == "key" && contains_word(name, {"api", "secret", "private"}));
}

bool names_key(std::string_view name) {
  static constexpr std::string_view kWords[] = {"key", "psk", "secret", "privkey", "seckey"};
  return is_one_of(last_word(name), kWords) && !contains_word(name, {"public", "pub", "verify", "trusted"});
}

bool looks_like_secret(std::string_view text, std::string_view name) {
  if (text.size() < kShortestText || text.find_first_of(" %/<>:=\n\t$") != std::string_view::npos) return false;
  return lower_case(name).find(lower_case(text)) == std::string::npos;  // password = "password": a key of a file
}

void check_text(std::string_view name, const clang::Expr* value, clang::SourceLocation where, SourceContext& context) {
  if (value == nullptr || !names_text(name)) return;
  const auto* text = llvm::dyn_cast<clang::StringLiteral>(value->IgnoreParenCasts());
  if (text == nullptr || text->getCharByteWidth() != 1) return;
  const llvm::StringRef bytes = text->getString();
  if (!looks_like_secret({bytes.data(), bytes.size()}, name)) return;
  context.report(kPms412HardCodedCredential, where, "the text of '" + std::string(name) + "' is in the source",
                 "give each device its own, from a file that only the service can read or from a secure element");
}

void check_key(const clang::VarDecl& variable, std::string_view name, SourceContext& context) {
  const auto* array = context.tree().getAsConstantArrayType(variable.getType());
  const auto* list = llvm::dyn_cast_or_null<clang::InitListExpr>(variable.getInit());
  if (array == nullptr || list == nullptr || !names_key(name)) return;
  const clang::QualType element = array->getElementType();
  if (!element->isIntegerType() || context.tree().getTypeSize(element) != 8) return;
  if (array->getSize().getLimitedValue() < kShortestKey) return;
  std::set<uint64_t> distinct;
  for (const clang::Expr* one : list->inits())
    if (const auto value = constant_value(one, context)) distinct.insert(*value & 0xff);
  if (distinct.size() < kDistinctBytes) return;
  context.report(kPms412HardCodedCredential, variable.getLocation(),
                 "the bytes of key '" + std::string(name) + "' are in the source",
                 "give each device its own, from a file that only the service can read or from a secure element");
}

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(&decl);
  if (variable == nullptr || variable->getInit() == nullptr || variable->getIdentifier() == nullptr) return;
  const std::string name = variable->getNameAsString();
  check_text(name, variable->getInit(), variable->getLocation(), context);
  check_key(*variable, name, context);
}

void on_stmt(const clang::Stmt& stmt, SourceContext& context) {
  if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(&stmt)) {
    if (binary->getOpcode() == clang::BO_Assign)
      check_text(expression_name(binary->getLHS()), binary->getRHS(), binary->getBeginLoc(), context);
  } else if (const auto* initializer = llvm::dyn_cast<clang::DesignatedInitExpr>(&stmt)) {
    const auto designators = initializer->designators();
    if (designators.empty() || !designators.back().isFieldDesignator()) return;
    const clang::IdentifierInfo* field = designators.back().getFieldName();
    if (field == nullptr) return;
    check_text({field->getName().data(), field->getName().size()}, initializer->getInit(), initializer->getBeginLoc(),
               context);
  }
}

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  static constexpr std::string_view kCompare[] = {"strcmp", "strncmp", "memcmp", "strcasecmp"};
  static constexpr std::string_view kCopy[] = {"strcpy", "strncpy", "strlcpy", "memcpy"};
  const bool compares = is_one_of(name, kCompare);
  if ((!compares && !is_one_of(name, kCopy)) || !is_library_call(callee, context)) return;
  check_text(expression_name(argument(call, 0)), argument(call, 1), call.getBeginLoc(), context);
  if (compares) check_text(expression_name(argument(call, 1)), argument(call, 0), call.getBeginLoc(), context);
}

}  // namespace

constinit const SourceRule kPms412HardCodedCredential = {
    .info = {"PMS412", "hard-coded-credential", "No password and no key is in the source.", report::Level::kShould,
             798},
    .on_decl = on_decl,
    .on_stmt = on_stmt,
    .on_call = on_call};

}  // namespace proofmark::analyze
