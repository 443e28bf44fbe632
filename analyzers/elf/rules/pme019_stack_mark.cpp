// SPDX-License-Identifier: Apache-2.0
//
// PME019: every object says that it needs no executable stack. A linker takes one object that says nothing, usually from
// assembly, as a demand for one.
#include <algorithm>

#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME019", "stack-mark", "Every object file says that it needs no executable stack.",
                                 report::Level::kMust, 119};

Outcome check(const AuditInput& input) {
  if (!is_relocatable(input)) return Outcome::not_applicable("the linker has decided; PME006 looks at its answer");
  const Section* const mark = input.elf.section(".note.GNU-stack");
  if (mark == nullptr) {
    return Outcome::fail("no .note.GNU-stack section: the linker may make the stack executable",
                         "add .section .note.GNU-stack,\"\",%progbits to the assembly file");
  }
  if ((mark->header.sh_flags & SHF_EXECINSTR) != 0) {
    return Outcome::fail("asks for an executable stack",
                         "look for nested functions whose address is taken, for -Wa,--execstack and for the section "
                         ".note.GNU-stack in assembly");
  }
  return Outcome::pass("needs no executable stack");
}

}  // namespace

const ElfRule kPme019{kInfo, check};

}  // namespace proofmark::elf
