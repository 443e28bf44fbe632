// SPDX-License-Identifier: Apache-2.0
//
// PME012: no path of the build machine in the shipped file. It tells an attacker about the inside of the company, and
// it makes two builds in two folders differ.
#include <algorithm>

#include <fmt/format.h>

#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME012", "no-build-path",
                                 "The shipped file holds no path of the machine that built it.", report::Level::kMust,
                                 497};
constexpr std::size_t kMaxShown = 120;

// The text around the hit, up to the bytes that are not printable.
std::string text_at(std::string_view bytes, std::size_t at) {
  const auto printable = [](char c) { return c >= 0x20 && c < 0x7f; };
  const std::string_view rest = bytes.substr(at, kMaxShown);
  return std::string(rest.begin(), std::ranges::find_if_not(rest, printable));
}

struct Hits {
  std::string prefix;
  std::size_t count = 0, first = 0;
};

// One pass for all prefixes: they start with '/', which is rare in code, so memchr does nearly all the work.
void search(std::string_view bytes, std::vector<Hits>& wanted) {
  for (std::size_t at = bytes.find('/'); at != std::string_view::npos; at = bytes.find('/', at + 1)) {
    for (Hits& hits : wanted) {
      if (!bytes.substr(at).starts_with(hits.prefix)) continue;
      if (hits.count++ == 0) hits.first = at;
    }
  }
}

Outcome check(const AuditInput& input) {
  auto prefixes = string_list(input, kInfo.id, "forbid", {"/home/", "/tmp/"});
  prefixes.insert(prefixes.end(), input.options.forbidden_paths.begin(), input.options.forbidden_paths.end());
  std::vector<Hits> wanted;
  for (const std::string& prefix : prefixes) wanted.push_back({prefix});
  search(input.elf.bytes(), wanted);
  std::vector<Problem> problems;
  for (const Hits& hits : wanted) {
    if (hits.count == 0) continue;
    problems.push_back(
        {fmt::format("holds the path \"{}\" ({} time{} below {})", text_at(input.elf.bytes(), hits.first), hits.count,
                     hits.count == 1 ? "" : "s", hits.prefix),
         "compile with -ffile-prefix-map=DIR=. and ship the stripped file"});
  }
  if (!problems.empty()) return Outcome::fail(std::move(problems));
  return Outcome::pass(fmt::format("nothing below {}", fmt::join(prefixes, ", ")), {"no-build-path"});
}

}  // namespace

const ElfRule kPme012{kInfo, check};

}  // namespace proofmark::elf
