// SPDX-License-Identifier: Apache-2.0
//
// PME009: functions that keep an array on the stack check a canary. A symbol proves nothing in a static file, since libc
// brings its own; so the functions are taken from DWARF and the code of each is searched for the check.
#include <fmt/format.h>

#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME009", "stack-canary",
                                 "Every function with an array on its stack checks a canary before it returns.",
                                 report::Level::kMust, 121};
constexpr std::size_t kNamesShown = 5;

Outcome judge_functions(const DebugInfo& info) {
  const std::size_t total = info.guarded + info.unguarded.size();
  if (total == 0) return Outcome::not_applicable("no function keeps an array on its stack");
  if (info.unguarded.empty()) {
    return Outcome::pass(fmt::format("all {} functions with an array on the stack check a canary", total), {"canary"});
  }
  const std::size_t shown = std::min(kNamesShown, info.unguarded.size());
  std::string names = fmt::format(
      "{}", fmt::join(info.unguarded.begin(), info.unguarded.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < info.unguarded.size()) names += ", ...";
  return Outcome::fail(fmt::format("{} of {} functions with an array on the stack check no canary: {}",
                                   info.unguarded.size(), total, names),
                       "compile with -fstack-protector-strong, and look for no_stack_protector attributes");
}

// A file that is linked dynamically calls the check through its PLT; that it imports it is all that can be told.
bool imports_check(const ElfFile& elf) {
  const Section* const names = elf.section(".dynstr");
  if (names == nullptr || names->header.sh_offset > elf.bytes().size()) return false;
  const std::string_view table = elf.bytes().substr(names->header.sh_offset, names->header.sh_size);
  constexpr std::string_view kImport("\0__stack_chk_fail\0", 18);
  return table.find(kImport) != std::string_view::npos;
}

Outcome check(const AuditInput& input) {
  if (is_relocatable(input)) return Outcome::not_applicable("a relocatable file is judged when it is linked");
  if (input.info != nullptr && input.info->canary_judged) return judge_functions(*input.info);
  if (imports_check(input.elf)) {
    return Outcome::pass("__stack_chk_fail is imported; which functions call it can't be told", {"canary"});
  }
  return Outcome::fail("no canary can be shown: the file imports no __stack_chk_fail and there is no DWARF to go by",
                       "compile with -fstack-protector-strong -g and give the symbol archive with --debug-dir");
}

}  // namespace

const ElfRule kPme009{kInfo, check};

}  // namespace proofmark::elf
