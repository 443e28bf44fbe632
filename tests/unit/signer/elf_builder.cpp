// SPDX-License-Identifier: Apache-2.0
//
// ELF files made to order.
#include "elf_builder.h"

#include <cstring>

namespace proofmark::sign::test {
namespace {

constexpr std::uint64_t kCode = 0x1000;

template <class T>
void put(Bytes& out, std::uint64_t offset, const T* items, std::size_t count) {
  if (out.size() < offset + count * sizeof(T)) out.resize(offset + count * sizeof(T));
  if (count > 0) std::memcpy(out.data() + offset, items, count * sizeof(T));
}

}  // namespace

ElfBuilder::ElfBuilder(std::size_t count) : names(1, '\0') {
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_type = ET_EXEC;
  header.e_machine = EM_X86_64;
  header.e_version = EV_CURRENT;
  header.e_ehsize = sizeof(Elf64_Ehdr);
  header.e_phoff = sizeof(Elf64_Ehdr);
  header.e_phentsize = sizeof(Elf64_Phdr);
  header.e_shentsize = sizeof(Elf64_Shdr);

  Elf64_Phdr load{};
  load.p_type = PT_LOAD;
  load.p_flags = PF_R | PF_X;
  load.p_offset = load.p_vaddr = kCode;
  load.p_filesz = load.p_memsz = kCode;
  load.p_align = kCode;
  segments.push_back(load);

  sections.resize(count);
  for (std::size_t i = 1; i < count; ++i) {
    sections[i].sh_type = SHT_PROGBITS;
    sections[i].sh_offset = kCode;
    sections[i].sh_size = kCode;
    sections[i].sh_addralign = 1;
  }
  if (count > 0) {
    sections.back().sh_type = SHT_STRTAB;
    sections.back().sh_name = static_cast<Elf64_Word>(names.size());
    names += std::string(".shstrtab") + '\0';
  }
}

Bytes ElfBuilder::build() {
  Bytes out(2 * kCode, 0xcc);
  std::memset(out.data(), 0, kCode);
  header.e_phnum = header.e_phnum != 0 ? header.e_phnum : static_cast<Elf64_Half>(segments.size());
  if (!sections.empty()) {
    sections.back().sh_offset = out.size();
    sections.back().sh_size = names.size();
    put(out, out.size(), names.data(), names.size());
    const std::uint64_t behind = (out.size() + 7) / 8 * 8;
    const std::uint64_t table = table_first ? sizeof(Elf64_Ehdr) + segments.size() * sizeof(Elf64_Phdr) : behind;
    if (header.e_shoff == 0) header.e_shoff = table;
    const bool extended = sections.size() >= SHN_LORESERVE;
    if (header.e_shnum == 0 && !extended) header.e_shnum = static_cast<Elf64_Half>(sections.size());
    if (extended) sections[0].sh_size = sections.size();
    const std::size_t last = sections.size() - 1;
    if (header.e_shstrndx == 0) header.e_shstrndx = static_cast<Elf64_Half>(last >= SHN_LORESERVE ? SHN_XINDEX : last);
    if (last >= SHN_LORESERVE) sections[0].sh_link = static_cast<Elf64_Word>(last);
    put(out, table, sections.data(), sections.size());
  }
  put(out, sizeof(Elf64_Ehdr), segments.data(), segments.size());
  put(out, 0, &header, 1);
  out.insert(out.end(), payload.begin(), payload.end());
  return out;
}

}  // namespace proofmark::sign::test
