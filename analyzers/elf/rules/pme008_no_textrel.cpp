// SPDX-License-Identifier: Apache-2.0
//
// PME008: code needs no relocation. With text relocations the loader makes code writable while it patches it, and every
// process has its own copy.
#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME008", "no-textrel", "Code is never patched at start-up.", report::Level::kMust,
                                 119};

Outcome check(const AuditInput& input) {
  if (is_relocatable(input)) return Outcome::not_applicable("a relocatable file has no dynamic section");
  const bool patched = input.elf.dynamic_value(DT_TEXTREL).has_value() ||
                       (input.elf.dynamic_value(DT_FLAGS).value_or(0) & DF_TEXTREL) != 0;
  if (!patched) return Outcome::pass("no text relocations", {"no-textrel"});
  return Outcome::fail("code is relocated at start-up (DT_TEXTREL)",
                       "compile everything with -fPIE, assembly included; -Wl,-z,text names the culprit");
}

}  // namespace

const ElfRule kPme008{kInfo, check};

}  // namespace proofmark::elf
