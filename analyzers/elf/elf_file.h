// SPDX-License-Identifier: Apache-2.0
//
// A read-only view of one ELF file in memory. The file is hostile input: every offset, size and count in it is an
// attacker's choice, so what does not fit the file is dropped or refused here and no rule has to check again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gelf.h>

#include "report/finding.h"

namespace proofmark::elf {

using report::Error;
using report::Result;

enum class LinkType { kStaticPie, kStatic, kDynamic, kShared, kRelocatable };

// "static-pie", "static", "dynamic", "shared", "relocatable": the words of policies and evidence.
std::string_view link_name(LinkType link);

struct Section {
  std::string name;
  GElf_Shdr header;
  std::size_t index = 0;  // in the section table
};

class ElfFile {
 public:
  // Reads the whole file, so that it cannot change or shrink while it is judged.
  static Result<ElfFile> open(const std::filesystem::path& file);
  // `name` is used in messages only.
  static Result<ElfFile> from_bytes(std::string bytes, std::string name);

  const std::string& name() const { return name_; }
  std::string_view bytes() const { return *bytes_; }
  const GElf_Ehdr& header() const { return header_; }
  const std::vector<GElf_Phdr>& segments() const { return segments_; }
  const std::vector<Section>& sections() const { return sections_; }
  const std::vector<GElf_Dyn>& dynamic() const { return dynamic_; }
  Elf* handle() const { return elf_.get(); }

  LinkType link() const { return link_; }
  bool is_pie() const;
  std::string machine() const;   // "x86_64", "aarch64", ..., or "machine N"
  std::string build_id() const;  // lower-case hex, empty when there is none

  const GElf_Phdr* segment(GElf_Word type) const;  // the first of its type, or null
  const Section* section(std::string_view name) const;
  std::optional<GElf_Xword> dynamic_value(GElf_Sxword tag) const;
  std::vector<std::string> dynamic_strings(GElf_Sxword tag) const;  // of DT_NEEDED, DT_RPATH, ...

  // A 32-bit program property of .note.gnu.property, such as GNU_PROPERTY_X86_FEATURE_1_AND.
  std::optional<std::uint32_t> property(std::uint32_t type) const;

  // The file's bytes for `size` bytes of memory at `address`; empty unless all of them are in the file. In a relocatable
  // file, which has no segments, the sections' addresses count (object_layout.h gives them some).
  std::string_view at_address(GElf_Addr address, std::size_t size) const;

 private:
  struct Note {
    std::uint32_t type;
    std::string_view owner, content;
  };
  struct ElfEnd {
    void operator()(Elf* elf) const { elf_end(elf); }
  };

  Result<void> load_header();
  Result<void> load_segments();
  void load_sections();
  void load_dynamic();
  void load_notes();
  void load_notes_at(GElf_Off offset, GElf_Xword size, GElf_Xword align);
  std::string_view at_section_address(GElf_Addr address, std::size_t size) const;
  LinkType classify() const;
  Error problem(std::string_view what) const;

  std::string name_;
  std::unique_ptr<const std::string> bytes_;  // on the heap: elf_ and the notes point into it
  std::unique_ptr<Elf, ElfEnd> elf_;
  GElf_Ehdr header_{};
  std::vector<GElf_Phdr> segments_;
  std::vector<Section> sections_;
  std::vector<GElf_Dyn> dynamic_;
  std::vector<Note> notes_;
  LinkType link_ = LinkType::kRelocatable;
};

}  // namespace proofmark::elf
