// SPDX-License-Identifier: Apache-2.0
//
// PME015: everything linked in is either named by DWARF, so that its analysis can be demanded, or a prebuilt archive
// that the policy accepts. The link map tells; that it is the map of this very file is checked by its addresses.
#include <algorithm>

#include <fmt/format.h>

#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME015", "inputs-known",
                                 "All that was linked in has debug information or a waiver in the policy.",
                                 report::Level::kMust, 1357};

// Empty, or what shows that the map is of another link.
std::string mismatch(const ElfFile& elf, const LinkMap& map) {
  std::size_t compared = 0;
  for (const Section& section : elf.sections()) {
    if ((section.header.sh_flags & SHF_ALLOC) == 0 || section.header.sh_size == 0) continue;
    const auto found = std::ranges::find_if(map.sections, [&](const OutputSection& output) {
      return output.name == section.name && output.address == section.header.sh_addr;
    });
    if (found == map.sections.end() || found->size != section.header.sh_size) return section.name;
    ++compared;
  }
  return compared == 0 ? "the section table" : "";
}

std::vector<Problem> unwaived(const AuditInput& input) {
  std::vector<Problem> problems;
  for (const PrebuiltInput& linked : input.prebuilt) {
    const report::Prebuilt& entry = linked.entry;
    if (entry.waived) continue;
    problems.push_back(
        {fmt::format("{} was linked in ({} object{}) without debug information and {}", entry.archive, entry.members,
                     entry.members == 1 ? "" : "s", linked.refusal),
         "build it from source with -g, or add it to the policy's \"prebuilt\" with reason, owner and expiry"});
  }
  return problems;
}

Outcome check(const AuditInput& input) {
  if (is_relocatable(input)) return Outcome::not_applicable("a relocatable file is judged when it is linked");
  if (input.map == nullptr) {
    if (input.options.policy == nullptr) return Outcome::not_applicable("no link map and no policy were given");
    return Outcome::fail("what was linked in is unknown: no link map was given",
                         "link with -Wl,--Map=FILE and give it with --map FILE");
  }
  if (const std::string other = mismatch(input.elf, *input.map); !other.empty()) {
    return Outcome::fail(fmt::format("the link map is not of this file: {} differs", other),
                         "give the map that was written when this file was linked");
  }
  auto problems = unwaived(input);
  if (!problems.empty()) return Outcome::fail(std::move(problems));
  return Outcome::pass(fmt::format("{} inputs, {} prebuilt archives, all accepted by the policy",
                                   input.map->inputs.size(), input.prebuilt.size()));
}

}  // namespace

const ElfRule kPme015{kInfo, check};

}  // namespace proofmark::elf
