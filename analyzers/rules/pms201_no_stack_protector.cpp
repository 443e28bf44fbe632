// SPDX-License-Identifier: Apache-2.0
//
// PMS201: an attribute takes the canary from one function. GCC, Clang and binary checkers that look for a single symbol
// are silent about it: the file still "has a stack protector".
#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/gcc_options.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

// Older GCCs ignore the attribute.
constexpr int kFirstGcc = 11;

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  const auto* attribute = decl.getAttr<clang::NoStackProtectorAttr>();
  if (function == nullptr || attribute == nullptr || attribute->isInherited()) return;
  const Compiler& compiler = context.effective().compiler;
  if (context.for_gcc() && compiler.major < kFirstGcc) return;
  if (applied_by_pragma(*attribute, context)) return;  // PMS204
  context.report(kPms201NoStackProtector, attribute->getLocation(),
                 fmt::format("attribute {} leaves '{}' without a stack canary under {}", attribute->getSpelling(),
                             function->getNameAsString(), compiler.describe()),
                 "remove the attribute; early start-up code that sets __stack_chk_guard needs a waiver");
}

}  // namespace

constinit const SourceRule kPms201NoStackProtector = {
    .info = {"PMS201", "no-stack-protector-attribute", "No attribute takes the stack canary from a function.",
             report::Level::kMust, 693},
    .on_decl = on_decl};

}  // namespace proofmark::analyze
