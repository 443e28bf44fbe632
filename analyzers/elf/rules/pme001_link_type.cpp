// SPDX-License-Identifier: Apache-2.0
//
// PME001: the file is linked as the policy wants. A static-pie carries all its code and can still be placed at a random
// address; what needs a loader runs code that was never looked at.
#include <algorithm>

#include <fmt/format.h>

#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME001", "link-type",
                                 "A firmware program is linked statically, position independent where possible.",
                                 report::Level::kMust, 0};

Outcome check(const AuditInput& input) {
  const std::string_view found = link_name(input.elf.link());
  const auto allowed = string_list(input, kInfo.id, "link", {"static-pie", "static"});
  if (std::ranges::find(allowed, found) == allowed.end()) {
    return Outcome::fail(fmt::format("wrong link type (expected {}, found {})", fmt::join(allowed, " or "), found),
                         "link with -static-pie, and compile with -fPIE");
  }
  std::vector<std::string_view> properties;
  if (input.elf.link() == LinkType::kStatic || input.elf.link() == LinkType::kStaticPie) properties.push_back("static");
  if (input.elf.is_pie()) properties.push_back("pie");
  return Outcome::pass(std::string(found), std::move(properties));
}

}  // namespace

const ElfRule kPme001{kInfo, check};

}  // namespace proofmark::elf
