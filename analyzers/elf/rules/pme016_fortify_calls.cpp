// SPDX-License-Identifier: Apache-2.0
//
// PME016: FORTIFY arrived in the code. Functions of the printf family are checked whatever their arguments are, so a
// plain call of one shows a function that was compiled without; other plain calls prove nothing.
#include <fmt/format.h>

#include "elf/rules/function_list.h"
#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME016", "fortify-calls",
                                 "No function calls an unchecked library function that FORTIFY always replaces.",
                                 report::Level::kShould, 120};

Outcome check(const AuditInput& input) {
  if (input.functions == nullptr) return not_examined(input);
  if (!input.functions->exact_names) return Outcome::not_applicable("no names tell what is called");
  const FunctionTally counts = tally(*input.functions, "fortify");
  if (!counts.missing.empty()) {
    return Outcome::fail(
               fmt::format("{} function{} unchecked, where FORTIFY would have replaced it: {}", counts.missing.size(),
                           counts.missing.size() == 1 ? " calls printf or a function like it"
                                                      : "s call printf or a function like it",
                           titles(counts.missing)),
               "compile with -O2 -D_FORTIFY_SOURCE=3, and look for #undef _FORTIFY_SOURCE and own prototypes")
        .denying("fortify");
  }
  return Outcome::pass(
      fmt::format("{} functions call checked variants, {} only what may stay plain", counts.held, counts.unknown),
      {"fortify"});
}

}  // namespace

const ElfRule kPme016{kInfo, check};

}  // namespace proofmark::elf
