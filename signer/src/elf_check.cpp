// SPDX-License-Identifier: Apache-2.0
//
// The checks, in the order in which read_elf() makes them. Every number in these headers may be an attacker's or a
// half-finished download's, so nothing is added before it is known to fit.
#include "elf_check.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace proofmark::sign::elf_check {
namespace {

constexpr const char* kTruncatedHint = "the file is incomplete: copy or build it again";
constexpr const char* kDataHint = "sign it as plain data with --data, if that is what it is";

bool inside(const InputFile& file, std::uint64_t offset, std::uint64_t length) {
  return offset <= file.size() && length <= file.size() - offset;
}

bool overlap(FileRange a, FileRange b) {
  return a.length > 0 && b.length > 0 && a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

}  // namespace

Result<void> identification(const InputFile& file, const Elf64_Ehdr& header) {
  if (header.e_ident[EI_CLASS] != ELFCLASS64)
    return unknown(
        file.path(),
        fmt::format("ELF class not supported (expected {} for 64-bit, found {})", ELFCLASS64, header.e_ident[EI_CLASS]),
        kDataHint);
  if (header.e_ident[EI_DATA] != ELFDATA2LSB)
    return unknown(file.path(),
                   fmt::format("ELF byte order not supported (expected {} for little endian, found {})", ELFDATA2LSB,
                               header.e_ident[EI_DATA]),
                   kDataHint);
  if (header.e_ident[EI_VERSION] != EV_CURRENT || header.e_version != EV_CURRENT)
    return unknown(file.path(),
                   fmt::format("ELF version not supported (expected {}, found {} and {})", EV_CURRENT,
                               header.e_ident[EI_VERSION], header.e_version),
                   kDataHint);
  if (header.e_type != ET_EXEC && header.e_type != ET_DYN && header.e_type != ET_REL)
    return unknown(file.path(),
                   fmt::format("ELF type not supported (expected REL, EXEC or DYN, found {})", header.e_type),
                   kDataHint);
  return {};
}

Result<void> program_table(const InputFile& file, const Elf64_Ehdr& header, std::uint64_t count) {
  if (count == 0) return {};
  if (header.e_phentsize != sizeof(Elf64_Phdr))
    return unknown(file.path(), fmt::format("odd program header size (expected {}, found {})", sizeof(Elf64_Phdr),
                                            header.e_phentsize));
  const std::uint64_t size = count * sizeof(Elf64_Phdr);
  if (!inside(file, header.e_phoff, size))
    return unknown(
        file.path(),
        fmt::format("truncated: the program header table leaves the file (expected {} bytes at {}, file has {})", size,
                    header.e_phoff, file.size()),
        kTruncatedHint);
  if (overlap({0, sizeof(Elf64_Ehdr)}, {header.e_phoff, size}))
    return unknown(file.path(),
                   fmt::format("the program header table overlaps the ELF header (found at {})", header.e_phoff));
  return {};
}

Result<void> segments(const InputFile& file, std::span<const Elf64_Phdr> headers) {
  std::vector<const Elf64_Phdr*> loads;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const Elf64_Phdr& segment = headers[i];
    if (segment.p_type != PT_LOAD) continue;
    if (!inside(file, segment.p_offset, segment.p_filesz))
      return unknown(file.path(),
                     fmt::format("truncated: segment {} leaves the file (expected {} bytes at {}, file has {})", i,
                                 segment.p_filesz, segment.p_offset, file.size()),
                     kTruncatedHint);
    if (segment.p_memsz < segment.p_filesz)
      return unknown(file.path(),
                     fmt::format("segment {} is smaller in memory than in the file (expected at least {}, found {})", i,
                                 segment.p_filesz, segment.p_memsz));
    if (segment.p_memsz > UINT64_MAX - segment.p_vaddr)
      return unknown(file.path(), fmt::format("segment {} wraps around the address space", i));
    if (segment.p_memsz > 0) loads.push_back(&segment);
  }
  // The kernel maps one over the other and runs the last: what was audited would not be what runs.
  std::sort(loads.begin(), loads.end(), [](const auto* a, const auto* b) { return a->p_vaddr < b->p_vaddr; });
  const auto clash = std::adjacent_find(
      loads.begin(), loads.end(), [](const auto* a, const auto* b) { return b->p_vaddr - a->p_vaddr < a->p_memsz; });
  if (clash != loads.end())
    return unknown(file.path(), fmt::format("segments overlap in memory (at {:#x} and {:#x})", clash[0]->p_vaddr,
                                            clash[1]->p_vaddr));
  return {};
}

Result<std::uint64_t> section_count(const InputFile& file, const Elf64_Ehdr& header) {
  if (header.e_shoff == 0) return 0;
  if (header.e_shnum != 0) return header.e_shnum;
  // Packers leave an offset behind without any section; only a first header inside the file can hold a count.
  if (!inside(file, header.e_shoff, sizeof(Elf64_Shdr)) || header.e_shentsize != sizeof(Elf64_Shdr)) return 0;
  Elf64_Shdr first{};
  const std::span<std::uint8_t> bytes(reinterpret_cast<std::uint8_t*>(&first), sizeof first);
  if (auto done = file.read(header.e_shoff, bytes); !done) return tl::unexpected(done.error());
  if (first.sh_size > kMaxSections)
    return unknown(file.path(),
                   fmt::format("too many sections (expected at most {}, found {})", kMaxSections, first.sh_size));
  return first.sh_size;
}

Result<void> section_table(const InputFile& file, const Elf64_Ehdr& header, std::uint64_t count,
                           std::uint64_t segments) {
  if (header.e_shentsize != sizeof(Elf64_Shdr))
    return unknown(file.path(), fmt::format("odd section header size (expected {}, found {})", sizeof(Elf64_Shdr),
                                            header.e_shentsize));
  const FileRange table{header.e_shoff, count * sizeof(Elf64_Shdr)};
  if (!inside(file, table.offset, table.length))
    return unknown(
        file.path(),
        fmt::format("truncated: the section header table leaves the file (expected {} bytes at {}, file has {})",
                    table.length, table.offset, file.size()),
        kTruncatedHint);
  if (overlap({0, sizeof(Elf64_Ehdr)}, table))
    return unknown(file.path(),
                   fmt::format("the section header table overlaps the ELF header (found at {})", table.offset));
  if (overlap({header.e_phoff, segments * sizeof(Elf64_Phdr)}, table))
    return unknown(file.path(),
                   fmt::format("the section header table overlaps the program header table (found at {} and {})",
                               table.offset, header.e_phoff));
  return {};
}

Result<void> sections(const InputFile& file, const Elf64_Ehdr& header, std::span<const Elf64_Shdr> headers) {
  const FileRange table{header.e_shoff, headers.size() * sizeof(Elf64_Shdr)};
  for (std::size_t i = 1; i < headers.size(); ++i) {
    const Elf64_Shdr& section = headers[i];
    if (section.sh_type == SHT_NULL || section.sh_type == SHT_NOBITS) continue;
    if (!inside(file, section.sh_offset, section.sh_size))
      return unknown(file.path(),
                     fmt::format("truncated: section {} leaves the file (expected {} bytes at {}, file has {})", i,
                                 section.sh_size, section.sh_offset, file.size()),
                     kTruncatedHint);
    if (overlap({section.sh_offset, section.sh_size}, table))
      return unknown(file.path(), fmt::format("section {} overlaps the section header table (found at {} and {})", i,
                                              section.sh_offset, table.offset));
  }
  return {};
}

Result<void> section_names(const InputFile& file, std::span<const Elf64_Shdr> headers, const Bytes& names) {
  if (names.empty() || names.back() != 0) return unknown(file.path(), "the section names do not end in a zero byte");
  for (std::size_t i = 0; i < headers.size(); ++i) {
    if (headers[i].sh_name >= names.size())
      return unknown(file.path(),
                     fmt::format("the name of section {} lies outside the section names (expected below {}, found {})",
                                 i, names.size(), headers[i].sh_name));
  }
  return {};
}

}  // namespace proofmark::sign::elf_check
