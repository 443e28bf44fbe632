// SPDX-License-Identifier: Apache-2.0
//
// PME005: all functions are bound at start-up, so that the table of their addresses can be made read-only with the rest
// of RELRO. Lazy binding keeps it writable for good.
#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME005", "bind-now", "All symbols are bound at start-up, none lazily.",
                                 report::Level::kMust, 693};

Outcome check(const AuditInput& input) {
  if (is_relocatable(input)) return Outcome::not_applicable("a relocatable file has no dynamic section");
  if (input.elf.segment(PT_DYNAMIC) == nullptr) {
    return Outcome::not_applicable("no dynamic section: nothing is bound at run time");
  }
  const bool now = input.elf.dynamic_value(DT_BIND_NOW).has_value() ||
                   (input.elf.dynamic_value(DT_FLAGS).value_or(0) & DF_BIND_NOW) != 0 ||
                   (input.elf.dynamic_value(DT_FLAGS_1).value_or(0) & DF_1_NOW) != 0;
  if (now) return Outcome::pass("BIND_NOW is set", {"bind-now"});
  return Outcome::fail("symbols may be bound lazily: no BIND_NOW flag", "link with -Wl,-z,now");
}

}  // namespace

const ElfRule kPme005{kInfo, check};

}  // namespace proofmark::elf
