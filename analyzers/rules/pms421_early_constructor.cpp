// SPDX-License-Identifier: Apache-2.0
//
// PMS421: priorities up to 100 belong to the C library and the compiler: such a constructor runs before the canary's
// value, the sanitizers and ifunc targets may be set up.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

constexpr int kLastReserved = 100;

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  const auto* attribute = decl.getAttr<clang::ConstructorAttr>();
  if (function == nullptr || attribute == nullptr || attribute->isInherited()) return;
  if (attribute->getPriority() > kLastReserved) return;
  context.report(kPms421EarlyConstructor, attribute->getLocation(),
                 "constructor '" + function->getNameAsString() +
                     "' has a priority that is reserved (expected above 100, found " +
                     std::to_string(attribute->getPriority()) + ")",
                 "use 101 or more, or none");
}

}  // namespace

constinit const SourceRule kPms421EarlyConstructor = {
    .info = {"PMS421", "early-constructor", "No constructor runs before the runtime's own.", report::Level::kShould,
             693},
    .on_decl = on_decl};

}  // namespace proofmark::analyze
