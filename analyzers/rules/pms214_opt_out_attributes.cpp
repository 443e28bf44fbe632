// SPDX-License-Identifier: Apache-2.0
//
// PMS214: attributes that take one function out of a protection which the command line asks for by a flag of its own.
// Without the flag they have no effect, and there is no finding.
#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/gcc_attributes.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

void say(const clang::Decl& decl, clang::SourceLocation where, std::string_view attribute, std::string_view flag,
         SourceContext& context) {
  const auto* named = llvm::dyn_cast<clang::NamedDecl>(&decl);
  if (!context.has_flag(flag)) return;
  context.report(kPms214OptOutAttributes, where,
                 fmt::format("attribute {} takes '{}' out of {}", attribute,
                             named == nullptr ? "" : named->getNameAsString(), flag),
                 "remove the attribute");
}

template <class Attribute>
const Attribute* own(const clang::Decl& decl) {
  const auto* attribute = decl.getAttr<Attribute>();
  return attribute == nullptr || attribute->isInherited() ? nullptr : attribute;
}

void on_decl(const clang::Decl& decl, SourceContext& context) {
  if (!decl.hasAttrs()) return;
  const auto* registers = own<clang::ZeroCallUsedRegsAttr>(decl);
  if (registers != nullptr && registers->getZeroCallUsedRegs() == clang::ZeroCallUsedRegsAttr::Skip)
    say(decl, registers->getLocation(), "zero_call_used_regs(\"skip\")", "-fzero-call-used-regs", context);
  if (const auto* loads = own<clang::NoSpeculativeLoadHardeningAttr>(decl))
    say(decl, loads->getLocation(), "no_speculative_load_hardening", "-mspeculative-load-hardening", context);
  if (const auto* split = own<clang::NoSplitStackAttr>(decl))
    say(decl, split->getLocation(), "no_split_stack", "-fsplit-stack", context);
  if (!context.for_gcc()) return;
  for (const GccAttribute& attribute : gcc_attributes(decl)) {
    if (attribute.name == "no_stack_limit") say(decl, attribute.where, "no_stack_limit", "-fstack-limit-", context);
    if (attribute.name == "strub" && attribute.arguments == std::vector<std::string>{"disabled"})
      say(decl, attribute.where, "strub(\"disabled\")", "-fstrub=", context);
  }
}

}  // namespace

constinit const SourceRule kPms214OptOutAttributes = {
    .info = {"PMS214", "opt-out-attributes",
             "No attribute takes a function out of register clearing, stack limits or load hardening.",
             report::Level::kShould, 693},
    .on_decl = on_decl};

}  // namespace proofmark::analyze
