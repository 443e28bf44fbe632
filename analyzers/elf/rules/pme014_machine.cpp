// SPDX-License-Identifier: Apache-2.0
//
// PME014: the file is for the board's machine. Every other answer would be about another program.
#include <fmt/format.h>

#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME014", "machine", "The file is built for the machine of the board.",
                                 report::Level::kMust, 0};

Outcome check(const AuditInput& input) {
  if (input.options.board == nullptr) return Outcome::not_applicable("no board was given");
  const std::string expected = input.options.board->get("machine").get<std::string>();
  const unsigned char* const ident = input.elf.header().e_ident;
  const bool layout = ident[EI_CLASS] == ELFCLASS64 && ident[EI_DATA] == ELFDATA2LSB;
  if (!layout) return Outcome::fail(fmt::format("wrong ELF class (expected 64 bit little endian {})", expected));
  if (input.elf.machine() == expected) return Outcome::pass(expected);
  return Outcome::fail(fmt::format("wrong machine (expected {}, found {})", expected, input.elf.machine()),
                       "build with the toolchain file of the board's architecture");
}

}  // namespace

const ElfRule kPme014{kInfo, check};

}  // namespace proofmark::elf
