// SPDX-License-Identifier: Apache-2.0
//
// PMS415: what the compiler calls when a canary is broken must end the program. A weak definition can be replaced by
// any object of the link, and one that returns lets the attack go on.
#include "engine/expressions.h"

namespace proofmark::analyze {
namespace {

constexpr std::string_view kHandlers[] = {"__stack_chk_fail", "__stack_chk_fail_local", "__stack_smash_handler"};

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* named = llvm::dyn_cast<clang::NamedDecl>(&decl);
  if (named == nullptr || named->getIdentifier() == nullptr) return;
  const llvm::StringRef name = named->getName();
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  const bool handler = function != nullptr && is_one_of({name.data(), name.size()}, kHandlers);
  if (!handler && name != "__stack_chk_guard") return;
  if (decl.hasAttr<clang::WeakAttr>()) {
    context.report(kPms415StackCheckReplaced, decl.getLocation(),
                   name.str() + " is weak: any object of the link can put another in its place",
                   "define it once, and not weak");
  } else if (handler && function->isThisDeclarationADefinition() && !function->isNoReturn()) {
    context.report(kPms415StackCheckReplaced, decl.getLocation(),
                   name.str() + " can return: the program goes on after its stack was overwritten",
                   "declare it _Noreturn and end the program in it");
  }
}

}  // namespace

constinit const SourceRule kPms415StackCheckReplaced = {
    .info = {"PMS415", "stack-check-replaced", "The stack check's failure ends the program.", report::Level::kMust,
             693},
    .on_decl = on_decl};

}  // namespace proofmark::analyze
