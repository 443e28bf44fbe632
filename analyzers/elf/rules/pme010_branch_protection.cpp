// SPDX-License-Identifier: Apache-2.0
//
// PME010: the note that makes the kernel enforce branch targets and return addresses: IBT and SHSTK on amd64, BTI and
// PAC on arm64. The linker writes it only if every input has it, so one start file of the C library can lose it.
#include <fmt/format.h>

#include "elf/property_blame.h"
#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME010", "branch-protection",
                                 "The file is marked for hardware branch and return protection.",
                                 report::Level::kShould, 693};

struct Expectation {
  GElf_Half machine;
  std::uint32_t property;
  std::uint32_t branch_bit, return_bit;
  std::string_view branch_name, return_name;
  std::string_view hint;
};

constexpr Expectation kExpectations[] = {
    {EM_X86_64, GNU_PROPERTY_X86_FEATURE_1_AND, GNU_PROPERTY_X86_FEATURE_1_IBT, GNU_PROPERTY_X86_FEATURE_1_SHSTK, "IBT",
     "SHSTK", "compile everything with -fcf-protection=full; -Wl,-z,cet-report=error makes lld insist"},
    {EM_AARCH64, GNU_PROPERTY_AARCH64_FEATURE_1_AND, GNU_PROPERTY_AARCH64_FEATURE_1_BTI,
     GNU_PROPERTY_AARCH64_FEATURE_1_PAC, "BTI", "PAC",
     "compile everything with -mbranch-protection=standard; -Wl,-z,force-bti,-z,bti-report=error makes lld insist"}};

// ": lost by crti.o, ..." when a link map tells what was linked.
std::string culprits(const AuditInput& input, const Expectation& expected) {
  if (input.map == nullptr) return {};
  const auto names = inputs_without(*input.map, input.options.link_map->parent_path(), expected.property,
                                    expected.branch_bit | expected.return_bit);
  return names.empty() ? std::string() : fmt::format(": lost by {}", fmt::join(names, ", "));
}

Outcome check(const AuditInput& input) {
  for (const Expectation& expected : kExpectations) {
    if (expected.machine != input.elf.header().e_machine) continue;
    const std::uint32_t bits = input.elf.property(expected.property).value_or(0);
    std::vector<std::string_view> missing;
    if ((bits & expected.branch_bit) == 0) missing.push_back(expected.branch_name);
    if ((bits & expected.return_bit) == 0) missing.push_back(expected.return_name);
    if (missing.empty()) {
      return Outcome::pass(fmt::format("{} and {}", expected.branch_name, expected.return_name), {"branch-protection"});
    }
    return Outcome::fail(fmt::format("not marked for {}{}", fmt::join(missing, " and "), culprits(input, expected)),
                         std::string(expected.hint));
  }
  return Outcome::not_applicable(fmt::format("{} has no such mark", input.elf.machine()));
}

}  // namespace

const ElfRule kPme010{kInfo, check};

}  // namespace proofmark::elf
