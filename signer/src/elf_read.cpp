// SPDX-License-Identifier: Apache-2.0
//
// Reads an ELF file with libelf (ELF_C_READ: headers only, whatever the size of the file) under the checks of elf_check.h.
#include <gelf.h>
#include <libelf.h>

#include <cstring>
#include <memory>

#include <fmt/format.h>

#include "elf_check.h"
#include "proofmark/sign/elf_image.h"

namespace proofmark::sign {
namespace {

struct ElfCloser {
  void operator()(Elf* elf) const { elf_end(elf); }
};
using ElfHandle = std::unique_ptr<Elf, ElfCloser>;

// A dynamic section or a note larger than this is not worth following for a name or a flag.
constexpr std::uint64_t kMaxSmallPart = 1u << 20;

Error not_understood(const InputFile& file) {
  return unknown(file.path(), fmt::format("not understood as ELF: {}", elf_errmsg(-1))).value();
}

// Part of the file as libelf has it; null when it is too large, or not in the file at all. What is there must be readable: an
// input/output error would otherwise pass for a file without a build-id.
Result<Elf_Data*> read_part(const InputFile& file, Elf* elf, FileRange range, Elf_Type type) {
  const bool inside = range.offset <= file.size() && range.length <= file.size() - range.offset;
  if (range.length == 0 || range.length > kMaxSmallPart || !inside) return nullptr;
  Elf_Data* data = elf_getdata_rawchunk(elf, static_cast<std::int64_t>(range.offset), range.length, type);
  if (data == nullptr)
    return unknown(file.path(), fmt::format("cannot be read: {} bytes at {}", range.length, range.offset));
  return data;
}

Result<void> find_build_id(const InputFile& file, Elf* elf, FileRange range, std::uint64_t alignment, ElfImage& image) {
  const auto data = read_part(file, elf, range, alignment == 8 ? ELF_T_NHDR8 : ELF_T_NHDR);
  if (!data) return tl::unexpected(data.error());
  GElf_Nhdr note;
  std::size_t name = 0, description = 0;
  for (std::size_t at = 0; *data != nullptr && (at = gelf_getnote(*data, at, &note, &name, &description)) > 0;) {
    const auto* bytes = static_cast<const std::uint8_t*>((*data)->d_buf);
    const bool gnu = note.n_namesz == sizeof "GNU" && std::memcmp(bytes + name, "GNU", sizeof "GNU") == 0;
    if (!gnu || note.n_type != NT_GNU_BUILD_ID || note.n_descsz == 0 || note.n_descsz > PM_BUILD_ID_MAX) continue;
    image.build_id = Bytes(bytes + description, bytes + description + note.n_descsz);
    break;
  }
  return {};
}

struct TableCounts {
  std::uint64_t segments = 0, sections = 0;
};

struct DynamicFacts {
  bool pie_flag = false, has_soname = false;
};

Result<DynamicFacts> read_dynamic(const InputFile& file, Elf* elf, const Elf64_Phdr& segment) {
  DynamicFacts facts;
  const auto data = read_part(file, elf, {segment.p_offset, segment.p_filesz}, ELF_T_DYN);
  if (!data) return tl::unexpected(data.error());
  GElf_Dyn entry;
  for (int i = 0; *data != nullptr && gelf_getdyn(*data, i, &entry) != nullptr && entry.d_tag != DT_NULL; ++i) {
    if (entry.d_tag == DT_FLAGS_1) facts.pie_flag = (entry.d_un.d_val & DF_1_PIE) != 0;
    if (entry.d_tag == DT_SONAME) facts.has_soname = true;
  }
  return facts;
}

// Linkers mark a PIE with DF_1_PIE; older ones do not, then an interpreter without a SONAME gives it away.
Result<pm_kind> find_kind(const InputFile& file, Elf* elf, const Elf64_Ehdr& header,
                          std::span<const Elf64_Phdr> segments) {
  if (header.e_type == ET_REL) return PM_KIND_RELOCATABLE;
  if (header.e_type == ET_EXEC) return PM_KIND_EXECUTABLE;
  bool has_interpreter = false;
  Result<DynamicFacts> facts;
  for (const auto& segment : segments) {
    if (segment.p_type == PT_INTERP) has_interpreter = true;
    if (segment.p_type == PT_DYNAMIC) facts = read_dynamic(file, elf, segment);
    if (!facts) return tl::unexpected(facts.error());
  }
  return facts->pie_flag || (has_interpreter && !facts->has_soname) ? PM_KIND_EXECUTABLE : PM_KIND_SHARED_OBJECT;
}

Result<void> read_segments(const InputFile& file, Elf* elf, ElfImage& image, std::uint64_t& count) {
  std::size_t from_libelf = 0;
  count = image.header.e_phnum;
  // PN_XNUM: the number stands in section header 0, where libelf looks for it. The kernel does not, so a smaller number
  // there would make two files of one.
  if (count == PN_XNUM) {
    if (elf_getphdrnum(elf, &from_libelf) != 0 || from_libelf < PN_XNUM)
      return unknown(file.path(),
                     fmt::format("odd number of program headers in section 0 (expected at least {}, found {})", PN_XNUM,
                                 from_libelf));
    count = from_libelf;
  }
  if (auto ok = elf_check::program_table(file, image.header, count); !ok) return ok;
  if (count == 0) return {};
  const Elf64_Phdr* table = elf64_getphdr(elf);
  if (table == nullptr || elf_getphdrnum(elf, &from_libelf) != 0 || from_libelf != count)
    return tl::unexpected(not_understood(file));
  const std::span<const Elf64_Phdr> headers(table, count);
  if (auto ok = elf_check::segments(file, headers); !ok) return ok;

  const auto kind = find_kind(file, elf, image.header, headers);
  if (!kind) return tl::unexpected(kind.error());
  image.kind = *kind;
  for (const auto& segment : headers) {
    if (segment.p_type == PT_LOAD && segment.p_filesz > 0 && image.segments.size() < PM_SEGMENTS_MAX)
      image.segments.push_back({segment.p_offset, segment.p_filesz});
    if (segment.p_type != PT_NOTE || image.build_id) continue;
    if (auto ok = find_build_id(file, elf, {segment.p_offset, segment.p_filesz}, segment.p_align, image); !ok)
      return ok;
  }
  return {};
}

Result<void> read_names(const InputFile& file, Elf* elf, ElfImage& image) {
  std::size_t index = 0;
  if (elf_getshdrstrndx(elf, &index) != 0) return tl::unexpected(not_understood(file));
  if (index == SHN_UNDEF) {
    // Nothing in the file can be called .proofmark, so it is signed like one without a section table.
    image.sections.clear();
    return {};
  }
  if (index >= image.sections.size())
    return unknown(file.path(), fmt::format("the section names are in no section (expected below {}, found {})",
                                            image.sections.size(), index));
  const Elf64_Shdr& names = image.sections[index];
  if (names.sh_type != SHT_STRTAB)
    return unknown(file.path(),
                   fmt::format("the section names are in a section of another type (expected {}, found {})", SHT_STRTAB,
                               names.sh_type));
  if (names.sh_size > elf_check::kMaxNamesSize)
    return unknown(file.path(), fmt::format("the section names are too large (expected at most {} bytes, found {})",
                                            elf_check::kMaxNamesSize, names.sh_size));
  auto bytes = file.read(names.sh_offset, static_cast<std::size_t>(names.sh_size));
  if (!bytes) return tl::unexpected(bytes.error());
  image.names_index = static_cast<std::uint32_t>(index);
  image.names = std::move(*bytes);
  return elf_check::section_names(file, image.sections, image.names);
}

Result<void> read_section_facts(const InputFile& file, Elf* elf, ElfImage& image) {
  for (const auto& section : image.sections) {
    const auto* name = reinterpret_cast<const char*>(image.names.data()) + section.sh_name;
    if (std::strcmp(name, PM_SECTION_NAME) == 0) image.has_mark_section = true;
    if (section.sh_type != SHT_NOTE || image.build_id) continue;
    if (auto ok = find_build_id(file, elf, {section.sh_offset, section.sh_size}, section.sh_addralign, image); !ok)
      return ok;
  }
  return {};
}

Result<void> read_sections(const InputFile& file, Elf* elf, ElfImage& image, TableCounts counts) {
  if (counts.sections == 0) return {};
  if (auto ok = elf_check::section_table(file, image.header, counts.sections, counts.segments); !ok) return ok;
  std::size_t from_libelf = 0;
  if (elf_getshdrnum(elf, &from_libelf) != 0 || from_libelf != counts.sections)
    return tl::unexpected(not_understood(file));
  for (std::size_t i = 0; i < from_libelf; ++i) {
    const Elf64_Shdr* section = elf64_getshdr(elf_getscn(elf, i));
    if (section == nullptr) return tl::unexpected(not_understood(file));
    image.sections.push_back(*section);
  }
  if (auto ok = elf_check::sections(file, image.header, image.sections); !ok) return ok;
  if (auto ok = read_names(file, elf, image); !ok) return ok;
  return read_section_facts(file, elf, image);
}

}  // namespace

Result<bool> looks_like_elf(const InputFile& file) {
  if (file.size() < SELFMAG) return false;
  auto magic = file.read(0, SELFMAG);
  if (!magic) return tl::unexpected(magic.error());
  return std::memcmp(magic->data(), ELFMAG, SELFMAG) == 0;
}

namespace {

// The header, and libelf over the rest.
struct OpenElf {
  ElfImage image;
  ElfHandle elf;
  TableCounts counts;
};

Result<OpenElf> open_elf(const InputFile& file) {
  OpenElf open;
  ElfImage& image = open.image;
  image.length = file.size();
  if (file.size() < sizeof image.header)
    return unknown(file.path(),
                   fmt::format("truncated ELF header (expected {} bytes, found {})", sizeof image.header, file.size()),
                   "the file is incomplete: copy or build it again");
  const std::span<std::uint8_t> raw(reinterpret_cast<std::uint8_t*>(&image.header), sizeof image.header);
  if (auto done = file.read(0, raw); !done) return tl::unexpected(done.error());
  if (auto ok = elf_check::identification(file, image.header); !ok) return tl::unexpected(ok.error());

  // Before libelf, which only says "invalid" to a count that cannot be.
  const auto sections = elf_check::section_count(file, image.header);
  if (!sections) return tl::unexpected(sections.error());
  open.counts.sections = *sections;
  elf_version(EV_CURRENT);
  open.elf.reset(elf_begin(file.fd(), ELF_C_READ, nullptr));
  if (!open.elf || elf_kind(open.elf.get()) != ELF_K_ELF) return tl::unexpected(not_understood(file));
  image.kind = image.header.e_type == ET_REL ? PM_KIND_RELOCATABLE : PM_KIND_EXECUTABLE;
  return open;
}

}  // namespace

Result<ElfImage> read_elf(const InputFile& file) {
  auto open = open_elf(file);
  if (!open) return tl::unexpected(open.error());
  auto& [image, elf, counts] = *open;
  if (auto ok = read_segments(file, elf.get(), image, counts.segments); !ok) return tl::unexpected(ok.error());
  if (auto ok = read_sections(file, elf.get(), image, counts); !ok) return tl::unexpected(ok.error());
  return std::move(image);
}

Result<std::optional<Bytes>> read_build_id(const InputFile& file) {
  auto open = open_elf(file);
  if (!open) return tl::unexpected(open.error());
  auto& [image, elf, counts] = *open;
  if (auto ok = read_sections(file, elf.get(), image, counts); !ok) return tl::unexpected(ok.error());
  return std::move(image.build_id);
}

}  // namespace proofmark::sign
