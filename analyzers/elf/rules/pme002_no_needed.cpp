// SPDX-License-Identifier: Apache-2.0
//
// PME002: the file asks for no shared library but those the policy lists. Whoever can replace a library owns the program.
#include <algorithm>

#include <fmt/format.h>

#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME002", "no-needed",
                                 "A firmware program needs no shared library that the policy does not list.",
                                 report::Level::kMust, 427};

Outcome check(const AuditInput& input) {
  if (is_relocatable(input)) return Outcome::not_applicable("a relocatable file names no libraries");
  const auto allowed = string_list(input, kInfo.id, "allowed", {});
  auto needed = input.elf.dynamic_strings(DT_NEEDED);
  std::erase_if(needed, [&](const std::string& name) { return std::ranges::find(allowed, name) != allowed.end(); });
  if (needed.empty()) return Outcome::pass("no library beyond those the policy lists");
  return Outcome::fail(fmt::format("needs shared libraries: {}", fmt::join(needed, ", ")),
                       "link with -static-pie, or list them in the policy's parameter PME002.allowed");
}

}  // namespace

const ElfRule kPme002{kInfo, check};

}  // namespace proofmark::elf
