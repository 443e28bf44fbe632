// SPDX-License-Identifier: Apache-2.0
//
// PME018: branch protection function by function. The note that PME010 reads is written per object, even when a function
// in it was compiled without; the processor then traps on a call of that function, or trusts its return address.
#include <fmt/format.h>

#include "elf/rules/function_list.h"
#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{
    "PME018", "protected-entries",
    "Every function that others can call begins with a landing pad and signs what it stores.", report::Level::kMust,
    693};

Outcome check(const AuditInput& input) {
  if (input.functions == nullptr) return must_be_examined(input);
  const FunctionTally counts = tally(*input.functions, "branch-protection");
  const std::size_t total = counts.held + counts.missing.size();
  if (!counts.missing.empty()) {
    const bool all = counts.held == 0 && total > 1;
    return Outcome::fail(
               fmt::format("{} of {} functions {}: {}", counts.missing.size(), total,
                           input.elf.header().e_machine == EM_X86_64
                               ? "begin without endbr64"
                               : "are without bti, or store an unsigned return address",
                           titles(counts.missing)),
               all ? "compile with -fcf-protection=full (amd64) or -mbranch-protection=standard (arm64)"
                   : "look for target(\"branch-protection=none\"), nocf_check and assembly without landing pads")
        .denying("branch-protection");
  }
  if (total == 0) return Outcome::not_applicable("no function that others can call");
  return Outcome::pass(fmt::format("all {} functions that others can call", total));
}

}  // namespace

const ElfRule kPme018{kInfo, check};

}  // namespace proofmark::elf
