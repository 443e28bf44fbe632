// SPDX-License-Identifier: Apache-2.0
//
// PME017: no function jumps over the guard page. The steps of the stack pointer are read from the code, with the probes
// that -fstack-clash-protection puts between them.
#include <fmt/format.h>

#include "elf/rules/function_list.h"
#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME017", "stack-probes",
                                 "No function lowers its stack by more than the guard without touching it.",
                                 report::Level::kMust, 770};

Outcome check(const AuditInput& input) {
  if (input.functions == nullptr) return not_examined(input);
  const FunctionTally counts = tally(*input.functions, "stack-clash");
  if (!counts.missing.empty()) {
    return Outcome::fail(fmt::format("{} function{} its stack by more than the guard and touches nothing: {}",
                                     counts.missing.size(), counts.missing.size() == 1 ? " lowers" : "s lower",
                                     titles(counts.missing)),
                         "compile with -fstack-clash-protection")
        .denying("stack-clash");
  }
  return Outcome::pass(fmt::format("{} functions probe, {} have small frames", counts.held, counts.not_applicable),
                       {"stack-clash"});
}

}  // namespace

const ElfRule kPme017{kInfo, check};

}  // namespace proofmark::elf
