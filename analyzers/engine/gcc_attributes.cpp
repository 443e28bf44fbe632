// SPDX-License-Identifier: Apache-2.0
//
// Attributes that only GCC knows; see gcc_attributes.h.
#include "engine/gcc_attributes.h"

namespace proofmark::analyze {
namespace {

constexpr llvm::StringLiteral kPrefix = "proofmark.gcc.";

// Clang asks twice about [[gnu::optimize(...)]]: without the scope whether the arguments are worth parsing, then with it.
// It knows "uninitialized" in GNU's syntax itself, but not in brackets.
constexpr clang::ParsedAttrInfo::Spelling kSpellings[] = {
    {clang::ParsedAttr::AS_GNU, "optimize"},
    {clang::ParsedAttr::AS_CXX11, "optimize"},
    {clang::ParsedAttr::AS_CXX11, "gnu::optimize"},
    {clang::ParsedAttr::AS_C23, "optimize"},
    {clang::ParsedAttr::AS_C23, "gnu::optimize"},
    {clang::ParsedAttr::AS_GNU, "indirect_branch"},
    {clang::ParsedAttr::AS_CXX11, "indirect_branch"},
    {clang::ParsedAttr::AS_CXX11, "gnu::indirect_branch"},
    {clang::ParsedAttr::AS_C23, "indirect_branch"},
    {clang::ParsedAttr::AS_C23, "gnu::indirect_branch"},
    {clang::ParsedAttr::AS_GNU, "no_stack_limit"},
    {clang::ParsedAttr::AS_CXX11, "no_stack_limit"},
    {clang::ParsedAttr::AS_CXX11, "gnu::no_stack_limit"},
    {clang::ParsedAttr::AS_C23, "no_stack_limit"},
    {clang::ParsedAttr::AS_C23, "gnu::no_stack_limit"},
    {clang::ParsedAttr::AS_GNU, "no_sanitize_undefined"},
    {clang::ParsedAttr::AS_CXX11, "no_sanitize_undefined"},
    {clang::ParsedAttr::AS_CXX11, "gnu::no_sanitize_undefined"},
    {clang::ParsedAttr::AS_C23, "no_sanitize_undefined"},
    {clang::ParsedAttr::AS_C23, "gnu::no_sanitize_undefined"},
    {clang::ParsedAttr::AS_GNU, "strub"},
    {clang::ParsedAttr::AS_CXX11, "strub"},
    {clang::ParsedAttr::AS_CXX11, "gnu::strub"},
    {clang::ParsedAttr::AS_C23, "strub"},
    {clang::ParsedAttr::AS_C23, "gnu::strub"},
    {clang::ParsedAttr::AS_CXX11, "uninitialized"},
    {clang::ParsedAttr::AS_CXX11, "gnu::uninitialized"},
    {clang::ParsedAttr::AS_C23, "uninitialized"},
    {clang::ParsedAttr::AS_C23, "gnu::uninitialized"},
};

class GccAttributeInfo : public clang::ParsedAttrInfo {
 public:
  GccAttributeInfo() {
    OptArgs = 15;
    Spellings = kSpellings;
  }

  AttrHandling handleDeclAttribute(clang::Sema& sema, clang::Decl* decl,
                                   const clang::ParsedAttr& attribute) const override {
    // "[[optimize]]" alone is nobody's.
    const bool is_gnu =
        attribute.isGNUAttribute() || (attribute.hasScope() && attribute.getScopeName()->getName().contains("gnu"));
    if (!is_gnu) return NotHandled;
    // What Clang builds, Clang ignores with this warning; the parse view switches it off for GCC's units.
    sema.Diag(attribute.getLoc(), clang::diag::warn_unknown_attribute_ignored) << attribute << attribute.getRange();
    llvm::SmallVector<clang::Expr*, 4> arguments;
    for (unsigned i = 0; i < attribute.getNumArgs(); ++i)
      if (attribute.isArgExpr(i)) arguments.push_back(attribute.getArgAsExpr(i));
    llvm::StringRef name = attribute.getAttrName()->getName();
    if (name.starts_with("__") && name.ends_with("__")) name = name.drop_front(2).drop_back(2);
    decl->addAttr(clang::AnnotateAttr::Create(sema.getASTContext(), (kPrefix + name).str(), arguments.data(),
                                              static_cast<unsigned>(arguments.size()), attribute.getRange()));
    return AttributeApplied;
  }
};

const clang::ParsedAttrInfoRegistry::Add<GccAttributeInfo> kRegistration("proofmark-gcc",
                                                                         "attributes that only GCC knows");

// A constant of the string or number kind, as the compiler would read it.
std::string text_of(const clang::Expr* argument, const clang::ASTContext& tree) {
  argument = argument->IgnoreParenImpCasts();
  if (const auto* text = llvm::dyn_cast<clang::StringLiteral>(argument)) return text->getString().str();
  clang::Expr::EvalResult value;
  if (!argument->isValueDependent() && argument->EvaluateAsInt(value, tree))
    return std::to_string(value.Val.getInt().getExtValue());
  return "";
}

std::vector<GccAttribute> collect(const clang::Decl& decl, bool inherited) {
  std::vector<GccAttribute> found;
  if (!decl.hasAttrs()) return found;
  for (const auto* annotation : decl.specific_attrs<clang::AnnotateAttr>()) {
    llvm::StringRef name = annotation->getAnnotation();
    if (!name.consume_front(kPrefix) || (annotation->isInherited() && !inherited)) continue;
    GccAttribute& attribute = found.emplace_back();
    attribute.name = {name.data(), name.size()};
    attribute.where = annotation->getLocation();
    for (const clang::Expr* argument : annotation->args())
      attribute.arguments.push_back(text_of(argument, decl.getASTContext()));
  }
  return found;
}

}  // namespace

std::vector<GccAttribute> gcc_attributes(const clang::Decl& decl) {
  return collect(decl, /*inherited=*/false);
}

std::vector<GccAttribute> all_gcc_attributes(const clang::Decl& decl) {
  return collect(decl, /*inherited=*/true);
}

}  // namespace proofmark::analyze
