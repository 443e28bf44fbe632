// SPDX-License-Identifier: Apache-2.0
//
// PMS204: "#pragma clang attribute push" gives no_stack_protector to many functions at once, without a trace at any of
// them. GCC ignores the pragma.
#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/gcc_options.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  const auto* attribute = decl.getAttr<clang::NoStackProtectorAttr>();
  if (function == nullptr || attribute == nullptr || attribute->isInherited() || context.for_gcc()) return;
  if (!applied_by_pragma(*attribute, context)) return;
  context.report(kPms204AttributePragma, attribute->getLocation(),
                 fmt::format("pragma leaves '{}' and others without a stack canary under {}",
                             function->getNameAsString(), context.effective().compiler.describe()),
                 "remove the pragma");
}

}  // namespace

constinit const SourceRule kPms204AttributePragma = {
    .info = {"PMS204", "attribute-pragma", "No pragma takes the stack canary from functions.", report::Level::kMust,
             693},
    .on_decl = on_decl};

}  // namespace proofmark::analyze
