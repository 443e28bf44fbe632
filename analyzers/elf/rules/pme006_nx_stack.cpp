// SPDX-License-Identifier: Apache-2.0
//
// PME006: PT_GNU_STACK is there and not executable. Without the header, kernels give some machines an executable stack.
#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME006", "nx-stack", "The stack is not executable.", report::Level::kMust, 119};
constexpr const char* kHint =
    "link with -Wl,-z,noexecstack; an assembly file without a .note.GNU-stack section is the usual cause";

Outcome check(const AuditInput& input) {
  if (is_relocatable(input)) return Outcome::not_applicable("a relocatable file has no segments");
  const GElf_Phdr* const stack = input.elf.segment(PT_GNU_STACK);
  if (stack == nullptr) return Outcome::fail("no GNU_STACK segment: the stack may be executable", kHint);
  if ((stack->p_flags & PF_X) != 0) return Outcome::fail("the stack is executable", kHint);
  return Outcome::pass("GNU_STACK is not executable", {"nx-stack"});
}

}  // namespace

const ElfRule kPme006{kInfo, check};

}  // namespace proofmark::elf
