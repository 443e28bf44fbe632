// SPDX-License-Identifier: Apache-2.0
//
// PMS217: variable-length arrays and alloca. Their size is seldom checked, it moves the stack pointer by itself, and GCC for
// arm64 placed them below the saved return address with the canary above both (CVE-2023-4039).
#include <fmt/format.h>

#include "engine/buffer_calls.h"
#include "engine/clang_headers.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

// Fixed in 11.5, 12.4, 13.3 and 14 (gcc.gnu.org/wiki); distributions have the patch in older ones.
bool has_canary_above_return(const SourceContext& context) {
  const Compiler& compiler = context.effective().compiler;
  if (!context.for_gcc() || !context.effective().is_arch("aarch64") || compiler.major > 13) return false;
  int minor = 0;
  llvm::StringRef(compiler.version).split('.').second.split('.').first.getAsInteger(10, minor);
  switch (compiler.major) {
    case 13:
      return minor < 3;
    case 12:
      return minor < 4;
    case 11:
      return minor < 5;
    default:
      return true;
  }
}

void say(clang::SourceLocation where, const std::string& what, SourceContext& context) {
  std::string message = fmt::format("{}{} moves the stack pointer by a size that only the running program knows", what,
                                    in_function(context));
  if (has_canary_above_return(context))
    message += fmt::format(
        "; with {} its overflow reaches the return address before the canary (CVE-2023-4039), "
        "unless the vendor has patched it",
        context.effective().compiler.describe());
  context.report(kPms217VariableFrame, where, std::move(message), "use an array of the largest size, or the heap");
}

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(&decl);
  if (variable == nullptr || !variable->hasLocalStorage() || llvm::isa<clang::ParmVarDecl>(variable)) return;
  if (variable->getType()->isVariableArrayType())
    say(variable->getLocation(), "array '" + variable->getNameAsString() + "'", context);
}

void on_call(const clang::CallExpr& call, const clang::FunctionDecl&, std::string_view name, SourceContext& context) {
  if (name != "alloca" && name != "alloca_with_align" && name != "alloca_uninitialized") return;
  if (call.getNumArgs() == 0) return;
  // A constant size is a frame like any other, save that it lies where the variable ones lie.
  const clang::Expr* size = call.getArg(0);
  const bool constant = !size->isValueDependent() && size->isEvaluatable(context.tree());
  if (!constant || has_canary_above_return(context)) say(call.getBeginLoc(), "alloca", context);
}

}  // namespace

constinit const SourceRule kPms217VariableFrame = {
    .info = {"PMS217", "variable-frame", "No variable-length array and no alloca.", report::Level::kShould, 770},
    .on_decl = on_decl,
    .on_call = on_call};

}  // namespace proofmark::analyze
