// SPDX-License-Identifier: Apache-2.0
//
// PMS436: a format that is not known at compile time is not checked against its arguments. PMW004 has the calls without
// arguments; here are the others.
#include <algorithm>

#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

// The parameter of a function that is itself declared with the format attribute: its callers are checked.
bool is_checked_parameter(const clang::DeclRefExpr& reference, const clang::FunctionDecl* function) {
  const auto* parameter = llvm::dyn_cast<clang::ParmVarDecl>(reference.getDecl());
  if (parameter == nullptr || function == nullptr) return false;
  const auto index = static_cast<int>(parameter->getFunctionScopeIndex());
  for (const auto* attribute : function->specific_attrs<clang::FormatAttr>())
    if (attribute->getFormatIdx() - 1 == index) return true;
  return false;
}

bool all_literals(const clang::InitListExpr& list) {
  return std::ranges::all_of(list.inits(), [](const clang::Expr* one) { return literal_text(one).has_value(); });
}

bool is_constant(const clang::Expr* format, const clang::FunctionDecl* function) {
  format = format->IgnoreParenCasts();
  if (literal_text(format)) return true;
  if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(format))
    return is_constant(choice->getTrueExpr(), function) && is_constant(choice->getFalseExpr(), function);
  if (const auto* call = llvm::dyn_cast<clang::CallExpr>(format)) {
    static constexpr std::string_view kTranslations[] = {"gettext", "dgettext", "dcgettext", "ngettext", "dngettext"};
    return is_one_of(callee_name(*call), kTranslations);
  }
  if (const auto* element = llvm::dyn_cast<clang::ArraySubscriptExpr>(format))
    format = element->getBase()->IgnoreParenCasts();
  const auto* reference = llvm::dyn_cast<clang::DeclRefExpr>(format);
  if (reference == nullptr) return false;
  if (is_checked_parameter(*reference, function)) return true;
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(reference->getDecl());
  const clang::Expr* start = variable == nullptr ? nullptr : variable->getAnyInitializer();
  const auto* table = llvm::dyn_cast_or_null<clang::InitListExpr>(start);
  return table != nullptr && all_literals(*table);
}

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  for (const auto* attribute : callee.specific_attrs<clang::FormatAttr>()) {
    if (attribute->getType()->getName() != "printf" || attribute->getFormatIdx() < 1) continue;
    const auto index = static_cast<unsigned>(attribute->getFormatIdx()) - 1;
    const clang::Expr* format = argument(call, index);
    const bool takes_list = attribute->getFirstArg() == 0;
    if (format == nullptr || (!takes_list && call.getNumArgs() <= index + 1)) continue;
    if (is_constant(format, context.function())) continue;
    context.report(kPms436FormatNotConstant, call.getBeginLoc(),
                   "the format of " + std::string(name) + " is not known at compile time: nothing checks its arguments",
                   "use a literal; for a wrapper, __attribute__((format(printf, N, M))) checks its callers");
  }
}

}  // namespace

constinit const SourceRule kPms436FormatNotConstant = {
    .info = {"PMS436", "format-not-constant", "Every format is known at compile time.", report::Level::kShould, 134},
    .on_call = on_call};

}  // namespace proofmark::analyze
