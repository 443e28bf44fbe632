// SPDX-License-Identifier: Apache-2.0
//
// PMS206: a function is left unoptimised. Its canary and its FORTIFY calls stay (measured with GCC 12 and Clang 19), but it
// is not the code that was tested with -O2, and warnings that need the optimiser are not given for it.
#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/gcc_attributes.h"
#include "engine/gcc_options.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

void say(clang::SourceLocation where, std::string_view what, const clang::FunctionDecl& function,
         SourceContext& context) {
  context.report(kPms206NotOptimised, where,
                 fmt::format("{} leaves '{}' unoptimised under {}", what, function.getNameAsString(),
                             context.effective().compiler.describe()),
                 "remove it; what only works unoptimised usually lacks a volatile or a barrier");
}

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  if (function == nullptr || !context.effective().optimised) return;
  if (context.for_gcc()) {
    for (const GccAttribute& attribute : gcc_attributes(decl))
      if (attribute.name == "optimize" && stops_optimising(split_gcc_options(attribute.arguments)))
        say(attribute.where, "attribute optimize", *function, context);
    return;
  }
  const auto* none = decl.getAttr<clang::OptimizeNoneAttr>();
  if (none == nullptr || none->isInherited()) return;
  say(none->getLocation(), none->isImplicit() ? "pragma clang optimize off" : "attribute optnone", *function, context);
}

}  // namespace

constinit const SourceRule kPms206NotOptimised = {
    .info = {"PMS206", "not-optimised", "No attribute or pragma leaves a function unoptimised.", report::Level::kShould,
             693},
    .on_decl = on_decl};

}  // namespace proofmark::analyze
