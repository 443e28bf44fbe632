// SPDX-License-Identifier: Apache-2.0
//
// What the facts of a function's code mean for each protection. Where the code can't tell, the answer is unknown, never
// held: the property bits of the mark rest on this.
#include <algorithm>

#include <fmt/format.h>

#include "elf/functions.h"
#include "report/fortified.h"

namespace proofmark::elf {
namespace {

using report::LayerState;
using report::RealisedProtection;

// Steps of the stack pointer that need a probe: GCC and Clang take the guard for one page on amd64; on arm64 GCC takes
// it for 64 KiB, Clang for one page, and which compiler it was is not in the code.
constexpr std::uint64_t kGuardAmd64 = 4096, kGuardArm64 = 65536;

RealisedProtection canary(const ExaminedFunction& function) {
  const CodeFacts& facts = function.facts;
  if (facts.guard_above_return) {
    return {"canary", LayerState::kMissing,
            "the guard lies above the saved return address and the frame grows by a variable (CVE-2023-4039)"};
  }
  if (facts.calls_fail) return {"canary", LayerState::kHeld, "calls __stack_chk_fail"};
  if (facts.reads_guard && facts.compares_guard)
    return {"canary", LayerState::kHeld, "compares with the guard at %fs:0x28"};
  if (!function.keeps_array)
    return {"canary", LayerState::kUnknown, "no debug information tells what it keeps on its stack"};
  if (!*function.keeps_array) return {"canary", LayerState::kNotApplicable, "keeps no array on its stack"};
  if (!facts.returns) return {"canary", LayerState::kNotApplicable, "never returns"};
  return {"canary", LayerState::kMissing, "keeps an array on its stack and checks no canary"};
}

std::string names_of(const std::map<std::string_view, unsigned>& calls) {
  std::vector<std::string_view> names;
  for (const auto& [name, count] : calls) names.push_back(name);
  return fmt::format("{}", fmt::join(names, ", "));
}

RealisedProtection fortify(const ExaminedFunction& function) {
  const CodeFacts& facts = function.facts;
  std::map<std::string_view, unsigned> unchecked;
  for (const auto& [name, count] : facts.plain_calls) {
    if (report::is_always_fortified(name)) unchecked.emplace(name, count);
  }
  if (!unchecked.empty()) return {"fortify", LayerState::kMissing, "calls unchecked: " + names_of(unchecked)};
  if (!facts.checked_calls.empty()) return {"fortify", LayerState::kHeld, "calls " + names_of(facts.checked_calls)};
  if (facts.plain_calls.empty())
    return {"fortify", LayerState::kNotApplicable, "calls nothing that has a checked variant"};
  return {"fortify", LayerState::kUnknown,
          fmt::format("calls {}: a size that is unknown or proven safe leaves them plain, too",
                      names_of(facts.plain_calls))};
}

RealisedProtection stack_clash(const ExaminedFunction& function, GElf_Half machine) {
  const CodeFacts& facts = function.facts;
  const std::uint64_t guard = machine == EM_X86_64 ? kGuardAmd64 : kGuardArm64;
  if (facts.largest_step > guard) {
    return {"stack-clash", LayerState::kMissing,
            fmt::format("lowers the stack pointer by {} bytes without touching what is between", facts.largest_step)};
  }
  if (facts.probes) return {"stack-clash", LayerState::kHeld, "touches each page"};
  if (facts.dynamic_frame) {
    return {"stack-clash", LayerState::kMissing, "lowers the stack pointer by a variable and touches nothing"};
  }
  return {"stack-clash", LayerState::kNotApplicable, "its frame is smaller than the guard"};
}

RealisedProtection branch_amd64(const ExaminedFunction& function) {
  if (function.facts.landing_pad) return {"branch-protection", LayerState::kHeld, "begins with endbr64"};
  if (!function.symbol.named) {
    return {"branch-protection", LayerState::kUnknown, "without symbols it can't be told whether others can reach it"};
  }
  if (!function.symbol.global) {
    return {"branch-protection", LayerState::kNotApplicable,
            "local: where no address is taken compilers write no endbr64"};
  }
  return {"branch-protection", LayerState::kMissing, "does not begin with endbr64"};
}

RealisedProtection branch_arm64(const ExaminedFunction& function) {
  const CodeFacts& facts = function.facts;
  if (facts.saves_return_address && !facts.signs_return_address) {
    return {"branch-protection", LayerState::kMissing, "stores the return address unsigned"};
  }
  if (facts.signs_return_address && facts.loads_return_address && !facts.checks_return_address) {
    return {"branch-protection", LayerState::kMissing, "signs the return address and takes it back unchecked"};
  }
  if (facts.landing_pad) return {"branch-protection", LayerState::kHeld, "begins with a landing pad"};
  if (function.symbol.named && function.symbol.global) {
    return {"branch-protection", LayerState::kMissing, "does not begin with bti c or paciasp"};
  }
  if (function.symbol.named) {
    return {"branch-protection", LayerState::kNotApplicable, "local: where no address is taken compilers write no bti"};
  }
  return {"branch-protection", LayerState::kUnknown, "without symbols it can't be told whether others can reach it"};
}

}  // namespace

std::vector<RealisedProtection> judge(const ExaminedFunction& function, GElf_Half machine) {
  std::vector<RealisedProtection> protections;
  if (!function.facts.examined) return protections;
  protections.push_back(canary(function));
  protections.push_back(fortify(function));
  protections.push_back(machine == EM_X86_64 ? branch_amd64(function) : branch_arm64(function));
  protections.push_back(stack_clash(function, machine));
  if (function.keeps_array.value_or(false)) {
    protections.push_back(
        {"auto-var-init", LayerState::kUnknown, "a store of zero by the compiler looks like any other"});
  }
  return protections;
}

}  // namespace proofmark::elf
