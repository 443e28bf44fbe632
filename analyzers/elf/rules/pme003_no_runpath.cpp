// SPDX-License-Identifier: Apache-2.0
//
// PME003: no DT_RPATH or DT_RUNPATH. The loader searches those folders before its own, relative ones included.
#include <fmt/format.h>

#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME003", "no-runpath",
                                 "A file tells the loader no folders of its own to search for libraries.",
                                 report::Level::kMust, 426};

Outcome check(const AuditInput& input) {
  if (is_relocatable(input)) return Outcome::not_applicable("a relocatable file has no dynamic section");
  std::vector<Problem> problems;
  for (const auto& [tag, name] : {std::pair{DT_RPATH, "DT_RPATH"}, std::pair{DT_RUNPATH, "DT_RUNPATH"}}) {
    for (const std::string& path : input.elf.dynamic_strings(tag)) {
      problems.push_back(
          {fmt::format("{} is set to \"{}\"", name, path), "link without -rpath; with CMake, set CMAKE_SKIP_RPATH"});
    }
  }
  if (!problems.empty()) return Outcome::fail(std::move(problems));
  return Outcome::pass("no DT_RPATH, no DT_RUNPATH", {"no-runpath"});
}

}  // namespace

const ElfRule kPme003{kInfo, check};

}  // namespace proofmark::elf
