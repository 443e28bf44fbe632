// SPDX-License-Identifier: Apache-2.0
//
// PMS207: the source takes back -D_FORTIFY_SOURCE before the C library's headers read it, or spoils what they decide on.
#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/source_context.h"
#include "engine/source_facts.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

constexpr std::string_view kCure = "remove the directive";

// What the headers find when they ask: the last word before the first of them.
void judge_level(const SourceFacts& facts, SourceContext& context) {
  const MacroFact* last = nullptr;
  for (const MacroFact& macro : facts.macros)
    if (macro.name == "_FORTIFY_SOURCE" && !macro.after_libc) last = &macro;
  if (last == nullptr) return;
  int level = 0;
  if (last->kind == MacroFact::Kind::kDefined) llvm::StringRef(last->body).trim("() ").getAsInteger(10, level);
  const int wanted = context.effective().fortify_level;
  if (level >= wanted) return;
  context.report(
      kPms207FortifyMacro, last->where,
      fmt::format("the command line asks for _FORTIFY_SOURCE {}, but the C library's headers see {} from here", wanted,
                  level),
      std::string(kCure));
}

// glibc decides by __OPTIMIZE__ in <features.h> and remembers the result in __USE_FORTIFY_LEVEL.
bool spoils_decision(const MacroFact& macro) {
  if (macro.name == "__USE_FORTIFY_LEVEL") return macro.after_libc;
  return macro.name == "__OPTIMIZE__" && macro.kind == MacroFact::Kind::kUndefined && !macro.after_libc;
}

void on_facts(const SourceFacts& facts, SourceContext& context) {
  if (context.effective().fortify_level == 0) return;  // PMF002
  judge_level(facts, context);
  for (const MacroFact& macro : facts.macros)
    if (spoils_decision(macro))
      context.report(kPms207FortifyMacro, macro.where,
                     fmt::format("changing {} switches FORTIFY off in the headers after it", macro.name),
                     std::string(kCure));
}

}  // namespace

constinit const SourceRule kPms207FortifyMacro = {
    .info = {"PMS207", "fortify-macro", "The source leaves _FORTIFY_SOURCE as the command line sets it.",
             report::Level::kMust, 693},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
