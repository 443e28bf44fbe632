// SPDX-License-Identifier: Apache-2.0
//
// PMS212: attributes take one function out of the protection of indirect branches: nocf_check removes its ENDBR, and GCC's
// indirect_branch("keep") and function_return("keep") its thunks.
#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/gcc_attributes.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

constexpr int kIbt = 1;  // in __CET__

void say(clang::SourceLocation where, std::string_view attribute, std::string_view lost,
         const clang::FunctionDecl& function, SourceContext& context) {
  context.report(kPms212BranchAttributes, where,
                 fmt::format("attribute {} takes {} from '{}' under {}", attribute, lost, function.getNameAsString(),
                             context.effective().compiler.describe()),
                 "remove the attribute");
}

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  if (function == nullptr) return;
  const auto* unchecked = decl.getAttr<clang::AnyX86NoCfCheckAttr>();
  if (unchecked != nullptr && !unchecked->isInherited() && (context.effective().macro_value("__CET__") & kIbt) != 0)
    say(unchecked->getLocation(), "nocf_check", "ENDBR", *function, context);
  const auto* returns = decl.getAttr<clang::FunctionReturnThunksAttr>();
  if (returns != nullptr && !returns->isInherited() && context.has_flag("-mfunction-return=") &&
      returns->getThunkType() == clang::FunctionReturnThunksAttr::Keep)
    say(returns->getLocation(), "function_return", "the return thunk", *function, context);
  if (!context.for_gcc() || !context.has_flag("-mindirect-branch=")) return;
  for (const GccAttribute& attribute : gcc_attributes(decl))
    if (attribute.name == "indirect_branch" && attribute.arguments == std::vector<std::string>{"keep"})
      say(attribute.where, "indirect_branch", "the thunks of its indirect branches", *function, context);
}

}  // namespace

constinit const SourceRule kPms212BranchAttributes = {
    .info = {"PMS212", "branch-attributes", "No attribute takes a function out of the protection of indirect branches.",
             report::Level::kMust, 693},
    .on_decl = on_decl};

}  // namespace proofmark::analyze
