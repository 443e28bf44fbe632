// SPDX-License-Identifier: Apache-2.0
//
// An ELF file as the signer sees it: what it is, whether its tables make sense, and the few bytes that striking a mark adds
// (docs/format.md section 3). libelf parses; the append is our own, because libelf's writers re-lay files, zero what lies
// between sections and drop what was appended after them.
#pragma once

#include <elf.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "proofmark/sign/files.h"
#include "proofmark/sign/manifest.h"

namespace proofmark::sign {

struct FileRange {
  std::uint64_t offset = 0, length = 0;
};

struct ElfImage {
  Elf64_Ehdr header{};
  std::uint64_t length = 0;
  pm_kind kind = PM_KIND_EXECUTABLE;
  std::optional<Bytes> build_id;
  std::vector<FileRange> segments;   // file bytes of the PT_LOADs, at most PM_SEGMENTS_MAX
  std::vector<Elf64_Shdr> sections;  // empty: no section table, or one without names
  std::uint32_t names_index = 0;     // the section that holds the names
  Bytes names;
  bool has_mark_section = false;
};

// True when the file starts like an ELF file, of whatever class.
Result<bool> looks_like_elf(const InputFile& file);

// Parses and validates. Everything that the append relies on is checked, each refusal with its own words.
Result<ElfImage> read_elf(const InputFile& file);

// The GNU build-id of any ELF file with a section table. Segments are not looked at: those of separate debug information
// describe the program, whose bytes are elsewhere.
Result<std::optional<Bytes>> read_build_id(const InputFile& file);

// What signing adds to an image: `header` replaces the first bytes, `tail` follows the last one.
struct ElfAppend {
  Elf64_Ehdr header{};
  Bytes tail;
};

// Bytes [0, N) of the signed file; the size of the mark does not enter.
std::uint64_t covered_length(const ElfImage& image);
// `mark_length` is the size of the mark area; the section covers it and the trailer. Needs a section table.
ElfAppend append_section(const ElfImage& image, std::uint64_t mark_length);

// The fields that append_section() changes.
OriginalHeader original_header(const ElfImage& image);
// Puts them back into the first bytes of a signed file.
void restore_header(const OriginalHeader& original, Elf64_Ehdr& header);

}  // namespace proofmark::sign
