// SPDX-License-Identifier: Apache-2.0
//
// PMS213: a variable is taken out of -ftrivial-auto-var-init. What the stack held before, keys and pointers among it, is
// then where the program reads first.
#include <fmt/format.h>

#include "engine/buffer_calls.h"
#include "engine/clang_headers.h"
#include "engine/gcc_attributes.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

constexpr std::string_view kCure = "remove it; give the variable an initialiser where zero is wrong";

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* variable = llvm::dyn_cast<clang::VarDecl>(&decl);
  if (variable == nullptr || context.effective().auto_var_init == "uninitialized") return;
  clang::SourceLocation where;
  // GCC does not know [[clang::uninitialized]].
  const auto* attribute = decl.getAttr<clang::UninitializedAttr>();
  if (attribute != nullptr && (!context.for_gcc() || attribute->isGNUAttribute())) where = attribute->getLocation();
  for (const GccAttribute& own : gcc_attributes(decl))
    if (own.name == "uninitialized" && context.for_gcc()) where = own.where;
  if (where.isInvalid()) return;
  context.report(kPms213UninitializedAttribute, where,
                 fmt::format("attribute uninitialized leaves '{}'{} with what the stack held before",
                             variable->getNameAsString(), in_function(context)),
                 std::string(kCure));
}

// Clang's way to initialise some variables and not others.
void on_facts(const SourceFacts&, SourceContext& context) {
  for (std::string_view flag : {"-ftrivial-auto-var-init-stop-after=", "-ftrivial-auto-var-init-max-size="})
    if (context.has_flag(flag) && context.effective().auto_var_init != "uninitialized")
      context.report(kPms213UninitializedAttribute,
                     context.sources().getLocForStartOfFile(context.sources().getMainFileID()),
                     fmt::format("{} leaves some variables of this unit uninitialised", flag), "remove the flag");
}

}  // namespace

constinit const SourceRule kPms213UninitializedAttribute = {
    .info = {"PMS213", "uninitialized-attribute", "No attribute takes a variable out of automatic initialisation.",
             report::Level::kMust, 457},
    .on_decl = on_decl,
    .on_facts = on_facts};

}  // namespace proofmark::analyze
