// SPDX-License-Identifier: Apache-2.0
//
// Writes into a copy of the file: addresses into section headers, values into debug sections. Every place is checked to
// lie in the copy, since headers and relocations are the file's own claims.
#include "elf/object_layout.h"

#include <algorithm>

#include <fmt/format.h>

namespace proofmark::elf {
namespace {

constexpr GElf_Addr kFirstAddress = 0x1000;
constexpr GElf_Xword kMaxAlign = 0x10000;
constexpr std::size_t kAddressAt = 16;  // of sh_addr in Elf64_Shdr

void put(std::string& bytes, std::size_t at, std::uint64_t value, std::size_t width) {
  if (at > bytes.size() || width > bytes.size() - at) return;
  for (std::size_t i = 0; i < width; ++i) bytes[at + i] = static_cast<char>(value >> (8 * i) & 0xFFU);
}

std::size_t width_of(GElf_Half machine, GElf_Xword type) {
  if (machine == EM_X86_64) {
    if (type == R_X86_64_64) return 8;
    return type == R_X86_64_32 || type == R_X86_64_32S ? 4 : 0;
  }
  if (type == R_AARCH64_ABS64) return 8;
  return type == R_AARCH64_ABS32 ? 4 : 0;
}

class Layout {
 public:
  explicit Layout(const ElfFile& object) : object_(object), bytes_(object.bytes()) {}

  std::string run() {
    place_sections();
    for (const Section& section : object_.sections()) {
      if (section.header.sh_type == SHT_RELA && section.header.sh_entsize != 0) relocate(section);
    }
    return std::move(bytes_);
  }

 private:
  void place_sections() {
    std::size_t count = 0;
    elf_getshdrnum(object_.handle(), &count);
    addresses_.assign(count, 0);
    GElf_Addr next = kFirstAddress;
    for (const Section& section : object_.sections()) {
      if ((section.header.sh_flags & SHF_ALLOC) == 0 || section.index >= count) continue;
      if (section.header.sh_type == SHT_NOBITS || section.header.sh_size > bytes_.size()) continue;
      const GElf_Xword align = std::clamp<GElf_Xword>(section.header.sh_addralign, 16, kMaxAlign);
      next = (next + align - 1) / align * align;
      addresses_[section.index] = next;
      put(bytes_, object_.header().e_shoff + section.index * object_.header().e_shentsize + kAddressAt, next, 8);
      next += section.header.sh_size + 1;
    }
  }

  const Section* find(std::size_t index) const {
    const auto found = std::ranges::lower_bound(object_.sections(), index, {}, &Section::index);
    return found == object_.sections().end() || found->index != index ? nullptr : &*found;
  }

  Elf_Data* data_of(const Section* section) const {
    Elf_Scn* const scn = section == nullptr ? nullptr : elf_getscn(object_.handle(), section->index);
    return scn == nullptr ? nullptr : elf_getdata(scn, nullptr);
  }

  void relocate(const Section& section) {
    const Section* const target = find(section.header.sh_info);
    if (target == nullptr || !target->name.starts_with(".debug_")) return;
    if ((target->header.sh_flags & SHF_COMPRESSED) != 0) return;
    Elf_Data* const entries = data_of(&section);
    Elf_Data* const symbols = data_of(find(section.header.sh_link));
    if (entries == nullptr || symbols == nullptr || symbols->d_type != ELF_T_SYM) return;
    const std::size_t count = entries->d_size / gelf_fsize(object_.handle(), ELF_T_RELA, 1, EV_CURRENT);
    for (std::size_t index = 0; index < count; ++index) {
      GElf_Rela entry;
      GElf_Sym symbol;
      if (gelf_getrela(entries, static_cast<int>(index), &entry) == nullptr) return;
      const std::size_t width = width_of(object_.header().e_machine, GELF_R_TYPE(entry.r_info));
      if (width == 0 || entry.r_offset > target->header.sh_size) continue;
      if (gelf_getsym(symbols, static_cast<int>(GELF_R_SYM(entry.r_info)), &symbol) == nullptr) continue;
      const GElf_Addr base = symbol.st_shndx < addresses_.size() ? addresses_[symbol.st_shndx] : 0;
      const auto value = base + symbol.st_value + static_cast<GElf_Xword>(entry.r_addend);
      put(bytes_, target->header.sh_offset + entry.r_offset, value, width);
    }
  }

  const ElfFile& object_;
  std::string bytes_;
  std::vector<GElf_Addr> addresses_;  // by section index
};

}  // namespace

Result<ElfFile> lay_out(const ElfFile& object) {
  const GElf_Ehdr& header = object.header();
  const bool known = header.e_machine == EM_X86_64 || header.e_machine == EM_AARCH64;
  if (!known || header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB ||
      header.e_shentsize != sizeof(Elf64_Shdr)) {
    return tl::unexpected(Error{fmt::format("{}: code of {} is not examined", object.name(), object.machine()), {}});
  }
  return ElfFile::from_bytes(Layout(object).run(), object.name());
}

}  // namespace proofmark::elf
