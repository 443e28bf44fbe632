// SPDX-License-Identifier: Apache-2.0
//
// The append. No byte of the program moves: a copy of the section names and of the section table, each grown by one entry,
// goes after the last byte, and three fields of the ELF header point to them. The old tables stay where they are.
#include <cstring>

#include "proofmark/sign/elf_image.h"

namespace proofmark::sign {
namespace {

constexpr std::uint64_t kAlignment = 8;

std::uint64_t align(std::uint64_t offset) {
  return (offset + kAlignment - 1) / kAlignment * kAlignment;
}

struct Places {
  std::uint64_t names, table, mark;
};

Places places(const ElfImage& image) {
  Places at{};
  at.names = align(image.length);
  at.table = align(at.names + image.names.size() + sizeof PM_SECTION_NAME);
  at.mark = at.table + (image.sections.size() + 1) * sizeof(Elf64_Shdr);
  return at;
}

Elf64_Shdr mark_section(const ElfImage& image, std::uint64_t offset, std::uint64_t mark_length) {
  Elf64_Shdr section{};
  section.sh_name = static_cast<Elf64_Word>(image.names.size());
  section.sh_type = SHT_PROGBITS;
  section.sh_offset = offset;
  section.sh_size = mark_length + PM_TRAILER_SIZE;
  section.sh_addralign = 1;
  return section;
}

// gABI "Sections": from SHN_LORESERVE on, the count stands in section header 0 and e_shnum is 0.
void set_section_count(Elf64_Ehdr& header, std::vector<Elf64_Shdr>& sections) {
  if (sections.size() < SHN_LORESERVE) {
    header.e_shnum = static_cast<Elf64_Half>(sections.size());
    return;
  }
  header.e_shnum = 0;
  sections[0].sh_size = sections.size();
}

}  // namespace

std::uint64_t covered_length(const ElfImage& image) {
  return image.sections.empty() ? image.length : places(image).mark;
}

ElfAppend append_section(const ElfImage& image, std::uint64_t mark_length) {
  const Places at = places(image);
  std::vector<Elf64_Shdr> sections = image.sections;
  sections[image.names_index].sh_offset = at.names;
  sections[image.names_index].sh_size = image.names.size() + sizeof PM_SECTION_NAME;
  sections.push_back(mark_section(image, at.mark, mark_length));

  ElfAppend append;
  append.header = image.header;
  append.header.e_shoff = at.table;
  set_section_count(append.header, sections);

  append.tail.resize(at.mark - image.length);
  std::uint8_t* tail = append.tail.data();
  std::uint8_t* names = tail + (at.names - image.length);
  std::memcpy(names, image.names.data(), image.names.size());
  std::memcpy(names + image.names.size(), PM_SECTION_NAME, sizeof PM_SECTION_NAME);
  std::memcpy(tail + (at.table - image.length), sections.data(), sections.size() * sizeof(Elf64_Shdr));
  return append;
}

OriginalHeader original_header(const ElfImage& image) {
  return {image.length, image.header.e_shoff, image.header.e_shnum, image.header.e_shstrndx};
}

void restore_header(const OriginalHeader& original, Elf64_Ehdr& header) {
  header.e_shoff = original.e_shoff;
  header.e_shnum = original.e_shnum;
  header.e_shstrndx = original.e_shstrndx;
}

}  // namespace proofmark::sign
