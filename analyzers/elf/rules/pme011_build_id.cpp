// SPDX-License-Identifier: Apache-2.0
//
// PME011: a build-id long enough to be unique. It ties a core dump from the field to the symbols that were kept.
#include <fmt/format.h>

#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME011", "build-id", "The file carries a build-id of at least 128 bits.",
                                 report::Level::kMust, 0};
constexpr std::size_t kMinBytes = 16;

Outcome check(const AuditInput& input) {
  const std::string id = input.elf.build_id();
  if (id.size() >= 2 * kMinBytes) return Outcome::pass(id);
  if (id.empty()) return Outcome::fail("no build-id", "link with -Wl,--build-id=sha1");
  return Outcome::fail(
      fmt::format("the build-id is too short (expected at least {} bytes, found {})", kMinBytes, id.size() / 2),
      "link with -Wl,--build-id=sha1");
}

}  // namespace

const ElfRule kPme011{kInfo, check};

}  // namespace proofmark::elf
