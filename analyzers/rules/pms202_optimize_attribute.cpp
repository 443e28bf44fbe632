// SPDX-License-Identifier: Apache-2.0
//
// PMS202: GCC's optimize attribute takes a protection from one function. Clang ignores the attribute and drops it from its
// tree, so that no checker built on Clang sees it.
#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/gcc_attributes.h"
#include "engine/gcc_options.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  if (function == nullptr || !context.for_gcc()) return;
  for (const GccAttribute& attribute : gcc_attributes(decl)) {
    if (attribute.name != "optimize") continue;
    const auto losses = lost_by_options(split_gcc_options(attribute.arguments), context.effective());
    if (losses.empty()) continue;
    context.report(kPms202OptimizeAttribute, attribute.where,
                   fmt::format("attribute optimize takes {} from '{}' under {}", describe_losses(losses),
                               function->getNameAsString(), context.effective().compiler.describe()),
                   "remove the option from the attribute");
  }
}

}  // namespace

constinit const SourceRule kPms202OptimizeAttribute = {
    .info = {"PMS202", "optimize-attribute", "No optimize attribute takes a protection from a function.",
             report::Level::kMust, 693},
    .on_decl = on_decl};

}  // namespace proofmark::analyze
