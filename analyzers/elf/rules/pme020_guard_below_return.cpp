// SPDX-License-Identifier: Apache-2.0
//
// PME020: CVE-2023-4039. GCC for arm64 before the fix stores the return address at the bottom of the frame and the canary
// at its top; an array of variable length lies below both, so an overflow reaches the address without the canary.
#include <fmt/format.h>

#include "elf/rules/function_list.h"
#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME020", "guard-below-return",
                                 "The canary lies between a variable array and the return address (CVE-2023-4039).",
                                 report::Level::kMust, 121};

Outcome check(const AuditInput& input) {
  if (input.elf.header().e_machine != EM_AARCH64)
    return Outcome::not_applicable("only GCC for arm64 laid frames out so");
  if (input.functions == nullptr) return not_examined(input);
  std::vector<const ExaminedFunction*> found;
  for (const ExaminedFunction& function : input.functions->all) {
    if (function.own && function.facts.guard_above_return) found.push_back(&function);
  }
  if (found.empty()) return Outcome::pass("no frame of that layout");
  return Outcome::fail(fmt::format("{} function{} a variable array, then the return address, then the canary: {}",
                                   found.size(), found.size() == 1 ? " keeps" : "s keep", titles(found)),
                       "use a GCC with the fix for CVE-2023-4039 or Clang, or no alloca and no variable arrays")
      .denying("canary");
}

}  // namespace

const ElfRule kPme020{kInfo, check};

}  // namespace proofmark::elf
