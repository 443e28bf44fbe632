// SPDX-License-Identifier: Apache-2.0
//
// What a linker says it put into an ELF file: the map written by lld's --Map or GNU ld's -Map. Only the map knows the
// archive members that left no debug information behind, so it is what makes "every unit was analysed" checkable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/finding.h"

namespace proofmark::elf {

// An object file, or one member of an archive, that contributed something.
struct LinkInput {
  std::string path;        // as the linker was given it
  std::string member;      // empty for an object file
  bool has_debug = false;  // it contributed .debug_info, so DWARF names its units

  std::string file_name() const;  // of the archive or object, without folders
};

struct OutputSection {
  std::string name;
  std::uint64_t address = 0, size = 0;
};

// Where a part of an input was placed.
struct LinkPiece {
  std::uint64_t address = 0, size = 0;
  std::size_t input = 0;  // index of LinkMap::inputs
};

struct LinkMap {
  std::vector<LinkInput> inputs;  // sorted by path and member, each once
  std::vector<OutputSection> sections;
  std::vector<LinkPiece> pieces;  // that are loaded, by address

  std::string origin_of(std::uint64_t address) const;  // "libc.a(printf.o)", "main.o", or empty
};

// `origin` names the file in messages. Lines that are neither section nor input are skipped: both formats hold symbols,
// assignments and comments in between.
report::Result<LinkMap> parse_link_map(std::string_view text, const std::string& origin);

}  // namespace proofmark::elf
