// SPDX-License-Identifier: Apache-2.0
//
// PME013: symbols are split off, not thrown away: none in the shipped file, all in an archive found by build-id. Without
// the archive nobody can read a crash from the field, and the other rules can't see the units.
#include <fmt/format.h>

#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME013", "symbols-kept",
                                 "Symbols are not in the shipped file but kept in an archive under its build-id.",
                                 report::Level::kMust, 0};
constexpr const char* kHint =
    "llvm-objcopy --only-keep-debug FILE DIR/.build-id/xx/yyyy.debug, then llvm-objcopy --strip-all FILE";

std::vector<std::string> symbol_sections(const ElfFile& elf) {
  std::vector<std::string> found;
  for (const Section& section : elf.sections()) {
    const bool debug = section.name.starts_with(".debug_") || section.name.starts_with(".zdebug_");
    if (section.header.sh_type == SHT_SYMTAB || debug) found.push_back(section.name);
  }
  return found;
}

Outcome check(const AuditInput& input) {
  if (is_relocatable(input)) return Outcome::not_applicable("a relocatable file is linked by its symbols");
  std::vector<Problem> problems;
  if (const auto left = symbol_sections(input.elf); !left.empty()) {
    problems.push_back({fmt::format("symbols are in the shipped file: {}", fmt::join(left, ", ")), kHint});
  }
  // Without a policy nobody asked for an archive.
  const bool wanted = input.options.debug_dir.has_value() || input.options.policy != nullptr;
  if (input.debug == nullptr && wanted) {
    problems.push_back({fmt::format("the symbols are not kept: {}", input.debug_problem), kHint});
  }
  if (input.debug != nullptr && input.debug->section(".symtab") == nullptr) {
    problems.push_back({fmt::format("{} has no symbol table", input.debug->name()), kHint});
  }
  if (input.debug != nullptr && input.info == nullptr) {
    problems.push_back({fmt::format("{} has no DWARF", input.debug->name()), "compile with -g"});
  }
  if (!problems.empty()) return Outcome::fail(std::move(problems));
  if (input.debug == nullptr) return Outcome::not_applicable("the file is stripped; no archive was asked for");
  return Outcome::pass(input.debug->name());
}

}  // namespace

const ElfRule kPme013{kInfo, check};

}  // namespace proofmark::elf
