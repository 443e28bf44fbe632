// SPDX-License-Identifier: Apache-2.0
//
// PME009: functions that keep an array on the stack check a canary. A symbol proves nothing in a static file, since libc
// brings its own; so the functions are taken from DWARF and the code of each is searched for the check.
#include <fmt/format.h>

#include "elf/rules/function_list.h"
#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME009", "stack-canary",
                                 "Every function with an array on its stack checks a canary before it returns.",
                                 report::Level::kMust, 121};

Outcome judge_functions(const Functions& functions) {
  FunctionTally counts;
  for (const ExaminedFunction& function : functions.all) {
    const auto* const protection = function.own ? function.protection("canary") : nullptr;
    if (protection == nullptr || !function.keeps_array.value_or(false)) continue;
    // A guard in the wrong place is PME020's finding.
    const bool guarded = protection->state == report::LayerState::kHeld || function.facts.guard_above_return;
    if (guarded) ++counts.held;
    if (!guarded && protection->state == report::LayerState::kMissing) counts.missing.push_back(&function);
  }
  const std::size_t total = counts.held + counts.missing.size();
  if (total == 0) return Outcome::not_applicable("no function keeps an array on its stack");
  if (counts.missing.empty()) {
    return Outcome::pass(fmt::format("all {} functions with an array on the stack check a canary", total), {"canary"});
  }
  return Outcome::fail(fmt::format("{} of {} functions with an array on the stack check no canary: {}",
                                   counts.missing.size(), total, titles(counts.missing)),
                       "compile with -fstack-protector-strong, and look for no_stack_protector attributes");
}

// That a file imports the check, or that some function calls it, is all that can be told without DWARF.
bool imports_check(const ElfFile& elf) {
  const Section* const names = elf.section(".dynstr");
  if (names == nullptr || names->header.sh_offset > elf.bytes().size()) return false;
  const std::string_view table = elf.bytes().substr(names->header.sh_offset, names->header.sh_size);
  constexpr std::string_view kImport("\0__stack_chk_fail\0", 18);
  return table.find(kImport) != std::string_view::npos;
}

Outcome check(const AuditInput& input) {
  if (input.functions != nullptr && input.info != nullptr) return judge_functions(*input.functions);
  if (is_relocatable(input))
    return Outcome::not_applicable("without DWARF a relocatable file is judged when it is linked");
  if (imports_check(input.elf)) {
    const auto guarded = input.functions == nullptr ? 0 : tally(*input.functions, "canary").held;
    return Outcome::pass(guarded == 0
                             ? "__stack_chk_fail is imported; which functions call it can't be told"
                             : fmt::format("{} functions check a canary; whether others should can't be told", guarded),
                         {"canary"});
  }
  if (!input.options.examine_functions) return not_examined(input);
  return Outcome::fail("no canary can be shown: the file imports no __stack_chk_fail and there is no DWARF to go by",
                       "compile with -fstack-protector-strong -g and give the symbol archive with --debug-dir");
}

}  // namespace

const ElfRule kPme009{kInfo, check};

}  // namespace proofmark::elf
