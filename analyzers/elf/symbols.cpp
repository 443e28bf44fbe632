// SPDX-License-Identifier: Apache-2.0
//
// Reads tables that an attacker may have written: counts are bounded, and a function must lie in code that is in the file.
#include "elf/symbols.h"

#include <algorithm>

#include <fmt/format.h>

#include "elf/bytes.h"

namespace proofmark::elf {
namespace {

constexpr std::size_t kMaxSymbols = 4'000'000;
constexpr GElf_Xword kMaxFunctionBytes = 16U << 20U;

Elf_Data* data_of(const ElfFile& file, const Section& section) {
  Elf_Scn* const scn = elf_getscn(file.handle(), section.index);
  return scn == nullptr ? nullptr : elf_getdata(scn, nullptr);
}

std::string_view text_at(const ElfFile& file, std::size_t table, std::size_t offset) {
  const char* const text = elf_strptr(file.handle(), table, offset);
  return text == nullptr ? std::string_view() : std::string_view(text);
}

// "memcpy@GLIBC_2.14" is memcpy.
std::string_view without_version(std::string_view name) {
  return name.substr(0, name.find('@'));
}

const Section* section_by_index(const ElfFile& file, std::size_t index) {
  const auto found = std::ranges::lower_bound(file.sections(), index, {}, &Section::index);
  return found == file.sections().end() || found->index != index ? nullptr : &*found;
}

// The name that a symbol of a relocation's table has; a section's symbol has none.
std::string relocation_name(const ElfFile& file, const Section& table, Elf_Data* symbols, std::size_t index) {
  GElf_Sym symbol;
  if (gelf_getsym(symbols, static_cast<int>(index), &symbol) == nullptr) return {};
  return std::string(without_version(text_at(file, table.header.sh_link, symbol.st_name)));
}

}  // namespace

Symbols::Symbols(const ElfFile& code, const ElfFile* debug) {
  for (const ElfFile* file : {debug, &code}) {
    if (file == nullptr) continue;
    for (const Section& section : file->sections()) {
      const bool table = section.header.sh_type == SHT_SYMTAB || section.header.sh_type == SHT_DYNSYM;
      if (table && section.header.sh_entsize != 0) read_table(*file, section, code);
    }
  }
  read_relocations(code);
  name_linkage_table(code);
  tidy(code);
}

void Symbols::read_table(const ElfFile& file, const Section& table, const ElfFile& code) {
  Elf_Data* const data = data_of(file, table);
  if (data == nullptr) return;
  const std::size_t count = data->d_size / gelf_fsize(file.handle(), ELF_T_SYM, 1, EV_CURRENT);
  const bool relocatable = code.link() == LinkType::kRelocatable;
  for (std::size_t index = 0; index < std::min(count, kMaxSymbols); ++index) {
    GElf_Sym symbol;
    if (gelf_getsym(data, static_cast<int>(index), &symbol) == nullptr) return;
    if (symbol.st_shndx == SHN_UNDEF || symbol.st_name == 0) continue;
    const int type = GELF_ST_TYPE(symbol.st_info);
    const std::string_view name = text_at(file, table.header.sh_link, symbol.st_name);
    GElf_Addr address = symbol.st_value;
    if (relocatable) {
      const Section* const home = symbol.st_shndx < SHN_LORESERVE ? section_by_index(file, symbol.st_shndx) : nullptr;
      if (home == nullptr) continue;
      address += home->header.sh_addr;
    }
    if (type == STT_NOTYPE && name.starts_with('$')) add_mark(name, address);
    if (type != STT_FUNC && type != STT_GNU_IFUNC) continue;
    functions_.push_back(
        {address, symbol.st_size, std::string(without_version(name)), GELF_ST_BIND(symbol.st_info) != STB_LOCAL, true});
  }
}

void Symbols::add_mark(std::string_view name, GElf_Addr address) {
  if (name.starts_with("$d")) marks_.emplace_back(address, true);
  if (name.starts_with("$x")) marks_.emplace_back(address, false);
}

void Symbols::read_relocations(const ElfFile& code) {
  for (const Section& section : code.sections()) {
    if (section.header.sh_type != SHT_RELA || section.header.sh_entsize == 0) continue;
    const Section* const table = section_by_index(code, section.header.sh_link);
    Elf_Data* const data = data_of(code, section);
    Elf_Data* const symbols = table == nullptr ? nullptr : data_of(code, *table);
    if (data == nullptr || symbols == nullptr) continue;
    GElf_Addr base = 0;
    if (code.link() == LinkType::kRelocatable) {
      const Section* const target = section_by_index(code, section.header.sh_info);
      if (target == nullptr || (target->header.sh_flags & SHF_EXECINSTR) == 0) continue;
      base = target->header.sh_addr;
    }
    const std::size_t count = data->d_size / gelf_fsize(code.handle(), ELF_T_RELA, 1, EV_CURRENT);
    for (std::size_t index = 0; index < std::min(count, kMaxSymbols); ++index) {
      GElf_Rela entry;
      if (gelf_getrela(data, static_cast<int>(index), &entry) == nullptr) break;
      if (GELF_R_SYM(entry.r_info) == 0) continue;
      std::string name = relocation_name(code, *table, symbols, GELF_R_SYM(entry.r_info));
      if (!name.empty()) relocations_.emplace_back(base + entry.r_offset, std::move(name));
    }
  }
  std::ranges::sort(relocations_);
}

// Entries of .plt, .plt.got and .plt.sec jump through the slot that a relocation names.
void Symbols::name_linkage_table(const ElfFile& code) {
  if (code.link() == LinkType::kRelocatable) return;
  for (const Section& section : code.sections()) {
    if (!section.name.starts_with(".plt") || section.header.sh_size > kMaxFunctionBytes) continue;
    const std::string_view bytes = code.at_address(section.header.sh_addr, section.header.sh_size);
    const GElf_Addr begin = section.header.sh_addr;
    if (code.header().e_machine == EM_X86_64) {
      // jmp *slot(%rip), in an entry of 16 bytes or 8.
      for (std::size_t at = 0; at + 6 <= bytes.size(); ++at) {
        if (bytes[at] != '\xFF' || bytes[at + 1] != '\x25') continue;
        const GElf_Addr next = begin + at + 6;
        const auto slot =
            next + static_cast<GElf_Addr>(std::int64_t{static_cast<std::int32_t>(little32(&bytes[at + 2]))});
        const std::string_view name = relocation_in(slot, slot + 8);
        const std::size_t entry = section.name == ".plt.got" ? 8 : 16;
        if (!name.empty()) names_.emplace(begin + at / entry * entry, name);
      }
    } else if (code.header().e_machine == EM_AARCH64) {
      // adrp x16, page; ldr x17, [x16, #low]
      for (std::size_t at = 0; at + 8 <= bytes.size(); at += 4) {
        const std::uint32_t page = little32(&bytes[at]), load = little32(&bytes[at + 4]);
        if ((page & 0x9F00001F) != 0x90000010 || (load & 0xFFC003FF) != 0xF9400211) continue;
        const GElf_Addr slot = arm64_page(page, begin + at) + ((load >> 10U) & 0xFFFU) * 8;
        const std::string_view name = relocation_in(slot, slot + 8);
        if (name.empty()) continue;
        names_.emplace(begin + at, name);
        if (at >= 4) names_.emplace(begin + at - 4, name);  // with a BTI in front
      }
    }
  }
}

void Symbols::tidy(const ElfFile& code) {
  has_names_ = !functions_.empty() || !relocations_.empty();
  // Of several names the global one, then the one with a size, comes first.
  std::ranges::sort(functions_, [](const FunctionSymbol& a, const FunctionSymbol& b) {
    if (a.address != b.address) return a.address < b.address;
    if (a.global != b.global) return a.global;
    if ((a.size == 0) != (b.size == 0)) return b.size == 0;
    return a.name < b.name;
  });
  for (const FunctionSymbol& function : functions_) names_.emplace(function.address, function.name);
  for (const FunctionSymbol& function : functions_) {
    if (function.name == "__stack_chk_fail" || function.name == "__stack_chk_fail_local") {
      names_[function.address] = function.name;  // GCC's local alias has the same address
    }
  }
  const auto repeated = std::ranges::unique(functions_, {}, &FunctionSymbol::address);
  functions_.erase(repeated.begin(), repeated.end());
  std::erase_if(functions_, [&](const FunctionSymbol& function) {
    return function.size == 0 || function.size > kMaxFunctionBytes ||
           code.at_address(function.address, function.size).empty();
  });
  if (functions_.empty()) functions_ = functions_of_unwind_table(code);
  std::ranges::sort(marks_);
}

std::string_view Symbols::name_at(GElf_Addr address) const {
  const auto found = names_.find(address);
  return found == names_.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view Symbols::relocation_in(GElf_Addr begin, GElf_Addr end) const {
  const auto found = std::ranges::lower_bound(relocations_, begin, {}, &std::pair<GElf_Addr, std::string>::first);
  if (found == relocations_.end() || found->first >= end) return {};
  return found->second;
}

bool Symbols::is_data(GElf_Addr address) const {
  const auto after = std::ranges::upper_bound(marks_, address, {}, &std::pair<GElf_Addr, bool>::first);
  return after != marks_.begin() && std::prev(after)->second;
}

}  // namespace proofmark::elf
