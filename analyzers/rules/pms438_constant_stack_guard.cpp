// SPDX-License-Identifier: Apache-2.0
//
// PMS438: a canary that is the same in every device and at every start is known to whoever has the image.
#include <algorithm>

#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

void on_code(const CodeFacts& code, SourceContext& context) {
  clang::ASTContext& tree = context.tree();
  for (const clang::NamedDecl* named : tree.getTranslationUnitDecl()->lookup(&tree.Idents.get("__stack_chk_guard"))) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(named);
    if (variable == nullptr || variable->getAnyInitializer() == nullptr) continue;
    if (!context.in_project(variable->getLocation())) continue;
    const auto writes = code.writes.find(variable->getCanonicalDecl());
    if (writes != code.writes.end() && std::ranges::any_of(writes->second, [&](const WriteFact& write) {
          return write.value == nullptr || !constant_value(write.value, context);
        }))
      continue;  // set at start
    context.report(kPms438ConstantStackGuard, variable->getLocation(),
                   "the canary's value is a constant: everybody who has the image knows it",
                   "set it at start from the hardware's random numbers, before the first protected function");
  }
}

}  // namespace

constinit const SourceRule kPms438ConstantStackGuard = {
    .info = {"PMS438", "constant-stack-guard", "The canary's value is drawn at start.", report::Level::kMust, 330},
    .on_code = on_code};

}  // namespace proofmark::analyze
