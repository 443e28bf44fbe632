// SPDX-License-Identifier: Apache-2.0
//
// PMS201: an attribute takes the canary from one function. GCC, Clang and binary checkers that look for a single symbol
// are silent about it: the file still "has a stack protector".
#include "engine/clang_headers.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  const auto* attribute = decl.getAttr<clang::NoStackProtectorAttr>();
  if (function == nullptr || attribute == nullptr || attribute->isInherited()) return;
  context.report(kPms201NoStackProtector, attribute->getLocation(),
                 "attribute no_stack_protector leaves '" + function->getNameAsString() + "' without a stack canary",
                 "remove the attribute; early start-up code that sets __stack_chk_guard needs a waiver");
}

}  // namespace

constinit const SourceRule kPms201NoStackProtector = {
    .info = {"PMS201", "no-stack-protector-attribute", "No attribute takes the stack canary from a function.",
             report::Level::kMust, 693},
    .on_decl = on_decl};

}  // namespace proofmark::analyze
