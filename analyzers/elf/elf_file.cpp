// SPDX-License-Identifier: Apache-2.0
//
// Loading and bounds. libelf converts the structures and knows both classes and byte orders; where it trusts a size, the
// size is checked here first.
#include "elf/elf_file.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "report/file.h"

namespace proofmark::elf {
namespace {

// Real files have a dozen; the limit keeps 65,535 headers that all name the whole file from costing minutes.
constexpr std::size_t kMaxSegments = 1024;
constexpr std::size_t kMaxNotes = 4096;

constexpr std::array<std::string_view, 5> kLinkNames{"static-pie", "static", "dynamic", "shared", "relocatable"};

struct MachineName {
  GElf_Half machine;
  std::string_view name;
};
constexpr std::array<MachineName, 9> kMachines{{{EM_X86_64, "x86_64"},
                                                {EM_AARCH64, "aarch64"},
                                                {EM_386, "i386"},
                                                {EM_ARM, "arm"},
                                                {EM_RISCV, "riscv"},
                                                {EM_PPC64, "ppc64"},
                                                {EM_S390, "s390"},
                                                {EM_MIPS, "mips"},
                                                {EM_BPF, "bpf"}}};

bool fits(GElf_Xword offset, GElf_Xword size, std::size_t total) {
  return offset <= total && size <= total - offset;
}

GElf_Xword align_up(GElf_Xword value, GElf_Xword to) {
  return (value + to - 1) / to * to;
}

}  // namespace

std::string_view link_name(LinkType link) {
  return kLinkNames.at(static_cast<std::size_t>(link));
}

Error ElfFile::problem(std::string_view what) const {
  return Error{fmt::format("{}: {}", name_, what), {}};
}

Result<ElfFile> ElfFile::open(const std::filesystem::path& file) {
  auto bytes = report::read_file(file);
  if (!bytes) return tl::unexpected(bytes.error());
  return from_bytes(std::move(*bytes), file.string());
}

Result<ElfFile> ElfFile::from_bytes(std::string bytes, std::string name) {
  elf_version(EV_CURRENT);
  ElfFile file;
  file.name_ = std::move(name);
  file.bytes_ = std::make_unique<const std::string>(std::move(bytes));
  if (auto header = file.load_header(); !header) return tl::unexpected(header.error());
  if (auto segments = file.load_segments(); !segments) return tl::unexpected(segments.error());
  file.load_sections();
  file.load_dynamic();
  file.load_notes();
  file.link_ = file.classify();
  return file;
}

Result<void> ElfFile::load_header() {
  constexpr std::string_view kMagic(ELFMAG, SELFMAG);
  if (!bytes_->starts_with(kMagic)) {
    return tl::unexpected(problem(bytes_->empty() ? "not an ELF file (the file is empty)" : "not an ELF file"));
  }
  // The image is never written: only reading calls follow.
  elf_.reset(elf_memory(const_cast<char*>(bytes_->data()), bytes_->size()));
  if (!elf_ || elf_kind(elf_.get()) != ELF_K_ELF || gelf_getehdr(elf_.get(), &header_) == nullptr) {
    return tl::unexpected(problem(fmt::format("damaged ELF header: {}", elf_errmsg(-1))));
  }
  const std::array<GElf_Half, 3> known{ET_REL, ET_EXEC, ET_DYN};
  if (std::ranges::find(known, header_.e_type) == known.end()) {
    return tl::unexpected(problem(fmt::format(
        "not a program (expected an executable, shared or relocatable file, found ELF type {})", header_.e_type)));
  }
  return {};
}

Result<void> ElfFile::load_segments() {
  std::size_t count = 0;
  if (elf_getphdrnum(elf_.get(), &count) != 0) return tl::unexpected(problem("damaged program header table"));
  if (count > kMaxSegments) {
    return tl::unexpected(
        problem(fmt::format("too many program headers (expected at most {}, found {})", kMaxSegments, count)));
  }
  for (std::size_t index = 0; index < count; ++index) {
    GElf_Phdr segment;
    if (gelf_getphdr(elf_.get(), static_cast<int>(index), &segment) == nullptr) {
      return tl::unexpected(problem(fmt::format("program header {} lies outside the file", index)));
    }
    if (segment.p_type == PT_LOAD && !fits(segment.p_offset, segment.p_filesz, bytes_->size())) {
      return tl::unexpected(problem(fmt::format("truncated: segment {} ends outside the file", index)));
    }
    segments_.push_back(segment);
  }
  if (segments_.empty() && header_.e_type != ET_REL) {
    return tl::unexpected(problem("an executable without program headers can't be loaded"));
  }
  return {};
}

// A file may lawfully lack its section table; a damaged one is treated as absent, because the loader ignores it too.
void ElfFile::load_sections() {
  std::size_t names = 0;
  if (elf_getshdrstrndx(elf_.get(), &names) != 0) return;
  Elf_Scn* scn = nullptr;
  while ((scn = elf_nextscn(elf_.get(), scn)) != nullptr) {
    Section section;
    if (gelf_getshdr(scn, &section.header) == nullptr) continue;
    const char* const name = elf_strptr(elf_.get(), names, section.header.sh_name);
    section.name = name == nullptr ? "" : name;
    section.index = elf_ndxscn(scn);
    sections_.push_back(std::move(section));
  }
}

// From the segment, as the loader does: section headers can be stripped or say something else.
void ElfFile::load_dynamic() {
  const GElf_Phdr* const segment = this->segment(PT_DYNAMIC);
  if (segment == nullptr || !fits(segment->p_offset, segment->p_filesz, bytes_->size())) return;
  Elf_Data* const data =
      elf_getdata_rawchunk(elf_.get(), static_cast<std::int64_t>(segment->p_offset), segment->p_filesz, ELF_T_DYN);
  if (data == nullptr) return;
  const std::size_t entry = gelf_fsize(elf_.get(), ELF_T_DYN, 1, EV_CURRENT);
  for (std::size_t index = 0; index < data->d_size / entry; ++index) {
    GElf_Dyn value;
    if (gelf_getdyn(data, static_cast<int>(index), &value) == nullptr || value.d_tag == DT_NULL) return;
    dynamic_.push_back(value);
  }
}

void ElfFile::load_notes() {
  for (const GElf_Phdr& segment : segments_) {
    if (segment.p_type == PT_NOTE) load_notes_at(segment.p_offset, segment.p_filesz, segment.p_align);
  }
  if (!segments_.empty()) return;
  for (const Section& section : sections_) {
    if (section.header.sh_type != SHT_NOTE) continue;
    load_notes_at(section.header.sh_offset, section.header.sh_size, section.header.sh_addralign);
  }
}

void ElfFile::load_notes_at(GElf_Off offset, GElf_Xword size, GElf_Xword align) {
  if (!fits(offset, size, bytes_->size())) return;
  Elf_Data* const data =
      elf_getdata_rawchunk(elf_.get(), static_cast<std::int64_t>(offset), size, align == 8 ? ELF_T_NHDR8 : ELF_T_NHDR);
  if (data == nullptr) return;
  std::size_t at = 0, name_at = 0, content_at = 0;
  GElf_Nhdr note;
  while (notes_.size() < kMaxNotes && (at = gelf_getnote(data, at, &note, &name_at, &content_at)) > 0) {
    const std::string_view all(static_cast<const char*>(data->d_buf), data->d_size);
    if (!fits(name_at, note.n_namesz, all.size()) || !fits(content_at, note.n_descsz, all.size())) return;
    std::string_view owner = all.substr(name_at, note.n_namesz);
    if (owner.ends_with('\0')) owner.remove_suffix(1);
    notes_.push_back({note.n_type, owner, all.substr(content_at, note.n_descsz)});
  }
}

LinkType ElfFile::classify() const {
  if (header_.e_type == ET_REL) return LinkType::kRelocatable;
  const bool needs_loader = segment(PT_INTERP) != nullptr || dynamic_value(DT_NEEDED).has_value();
  if (header_.e_type == ET_EXEC) return needs_loader ? LinkType::kDynamic : LinkType::kStatic;
  if (is_pie()) return needs_loader ? LinkType::kDynamic : LinkType::kStaticPie;
  // Before DF_1_PIE existed (binutils 2.26) only the interpreter told a program from a library; a library that can be
  // run, such as libc.so.6, has both an interpreter and a name.
  const bool program = segment(PT_INTERP) != nullptr && !dynamic_value(DT_SONAME).has_value();
  return program ? LinkType::kDynamic : LinkType::kShared;
}

bool ElfFile::is_pie() const {
  return header_.e_type == ET_DYN && (dynamic_value(DT_FLAGS_1).value_or(0) & DF_1_PIE) != 0;
}

std::string ElfFile::machine() const {
  const auto known = std::ranges::find(kMachines, header_.e_machine, &MachineName::machine);
  return known == kMachines.end() ? fmt::format("machine {}", header_.e_machine) : std::string(known->name);
}

std::string ElfFile::build_id() const {
  for (const Note& note : notes_) {
    if (note.type != NT_GNU_BUILD_ID || note.owner != ELF_NOTE_GNU) continue;
    std::string hex;
    for (const char byte : note.content) hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    return hex;
  }
  return {};
}

const GElf_Phdr* ElfFile::segment(GElf_Word type) const {
  const auto found = std::ranges::find(segments_, type, &GElf_Phdr::p_type);
  return found == segments_.end() ? nullptr : &*found;
}

const Section* ElfFile::section(std::string_view name) const {
  const auto found = std::ranges::find(sections_, name, &Section::name);
  return found == sections_.end() ? nullptr : &*found;
}

std::optional<GElf_Xword> ElfFile::dynamic_value(GElf_Sxword tag) const {
  const auto found = std::ranges::find(dynamic_, tag, &GElf_Dyn::d_tag);
  if (found == dynamic_.end()) return std::nullopt;
  return found->d_un.d_val;
}

std::vector<std::string> ElfFile::dynamic_strings(GElf_Sxword tag) const {
  const std::string_view table = at_address(dynamic_value(DT_STRTAB).value_or(0), dynamic_value(DT_STRSZ).value_or(0));
  std::vector<std::string> strings;
  for (const GElf_Dyn& entry : dynamic_) {
    if (entry.d_tag != tag) continue;
    if (entry.d_un.d_val >= table.size()) {
      strings.emplace_back("(damaged name)");  // the entry counts even if its name can't be read
      continue;
    }
    const std::string_view rest = table.substr(entry.d_un.d_val);
    strings.emplace_back(rest.substr(0, rest.find('\0')));
  }
  return strings;
}

std::optional<std::uint32_t> ElfFile::property(std::uint32_t type) const {
  const bool big_endian = header_.e_ident[EI_DATA] == ELFDATA2MSB;
  const GElf_Xword align = header_.e_ident[EI_CLASS] == ELFCLASS64 ? 8 : 4;
  const auto word = [big_endian](std::string_view from) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      value |= std::uint32_t{static_cast<unsigned char>(from[i])} << (8 * (big_endian ? 3 - i : i));
    }
    return value;
  };
  for (const Note& note : notes_) {
    if (note.type != NT_GNU_PROPERTY_TYPE_0 || note.owner != ELF_NOTE_GNU) continue;
    std::string_view rest = note.content;
    while (rest.size() >= 8) {
      const std::uint32_t size = word(rest.substr(4));
      if (size > rest.size() - 8) break;
      if (word(rest) == type && size == 4) return word(rest.substr(8));
      rest.remove_prefix(std::min<std::size_t>(rest.size(), 8 + align_up(size, align)));
    }
  }
  return std::nullopt;
}

std::string_view ElfFile::at_section_address(GElf_Addr address, std::size_t size) const {
  for (const Section& section : sections_) {
    const GElf_Shdr& header = section.header;
    if ((header.sh_flags & SHF_ALLOC) == 0 || header.sh_type == SHT_NOBITS || address < header.sh_addr) continue;
    const GElf_Xword into = address - header.sh_addr;
    if (!fits(into, size, header.sh_size) || !fits(header.sh_offset, header.sh_size, bytes_->size())) continue;
    return std::string_view(*bytes_).substr(header.sh_offset + into, size);
  }
  return {};
}

std::string_view ElfFile::at_address(GElf_Addr address, std::size_t size) const {
  for (const GElf_Phdr& segment : segments_) {
    if (segment.p_type != PT_LOAD || address < segment.p_vaddr) continue;
    const GElf_Xword into = address - segment.p_vaddr;
    if (!fits(into, size, segment.p_filesz)) continue;
    return std::string_view(*bytes_).substr(segment.p_offset + into, size);  // load_segments checked the segment
  }
  return segments_.empty() ? at_section_address(address, size) : std::string_view();
}

}  // namespace proofmark::elf
