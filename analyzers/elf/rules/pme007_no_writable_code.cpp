// SPDX-License-Identifier: Apache-2.0
//
// PME007: no segment is both writable and executable.
#include <fmt/format.h>

#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME007", "no-writable-code", "No memory is writable and executable at once.",
                                 report::Level::kMust, 119};

Outcome check(const AuditInput& input) {
  if (is_relocatable(input)) return Outcome::not_applicable("a relocatable file has no segments");
  std::vector<Problem> problems;
  for (const GElf_Phdr& segment : input.elf.segments()) {
    const bool both = (segment.p_flags & PF_W) != 0 && (segment.p_flags & PF_X) != 0;
    if (segment.p_type != PT_LOAD || !both) continue;
    problems.push_back(
        {fmt::format("the segment at {:#x} is writable and executable", segment.p_vaddr),
         "link without -N and without a linker script that joins code and data; use -Wl,-z,separate-code"});
  }
  if (!problems.empty()) return Outcome::fail(std::move(problems));
  return Outcome::pass("no segment is writable and executable", {"no-writable-code"});
}

}  // namespace

const ElfRule kPme007{kInfo, check};

}  // namespace proofmark::elf
