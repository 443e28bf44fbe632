// SPDX-License-Identifier: Apache-2.0
//
// See dynamic_facts.h. Read as the dynamic linker does it: the dynamic section by the address of its segment, the string table by
// the segments that hold it.
#include "dynamic_facts.h"

#include <elf.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include <fmt/format.h>

namespace proofmark::sign {
namespace {

constexpr std::uint64_t kMaxDynamic = 1u << 20;  // bytes
constexpr std::uint64_t kMaxStrings = 64u << 20;

Error malformed(const InputFile& file, const std::string& what) {
  return unknown(file.path(), what).value();
}

template <class T>
Result<std::vector<T>> read_table(const InputFile& file, std::uint64_t offset, std::uint64_t count) {
  std::vector<T> table(count);
  const auto done = file.read(offset, {reinterpret_cast<std::uint8_t*>(table.data()), count * sizeof(T)});
  if (!done) return tl::unexpected(done.error());
  return table;
}

std::optional<std::uint64_t> find_in_file(const std::vector<Elf64_Phdr>& segments, std::uint64_t address,
                                          std::uint64_t size) {
  std::optional<std::uint64_t> offset;
  for (const auto& segment : segments) {
    if (segment.p_type != PT_LOAD || address < segment.p_vaddr) continue;
    const std::uint64_t skipped = address - segment.p_vaddr;
    if (skipped <= segment.p_filesz && size <= segment.p_filesz - skipped) offset = segment.p_offset + skipped;
  }
  return offset;
}

std::string text_at(const Bytes& strings, std::uint64_t offset) {
  if (offset >= strings.size()) return {};
  const auto* start = reinterpret_cast<const char*>(strings.data()) + offset;
  return {start, strnlen(start, strings.size() - offset)};
}

const char* steering_tag(std::int64_t tag) {
  switch (tag) {
    case DT_RPATH:
      return "DT_RPATH";
    case DT_RUNPATH:
      return "DT_RUNPATH";
    case DT_AUDIT:
      return "DT_AUDIT";
    case DT_DEPAUDIT:
      return "DT_DEPAUDIT";
    case DT_FILTER:
      return "DT_FILTER";
    case DT_AUXILIARY:
      return "DT_AUXILIARY";
    default:
      return nullptr;
  }
}

Result<Bytes> read_strings(const InputFile& file, const std::vector<Elf64_Phdr>& segments,
                           const std::vector<Elf64_Dyn>& entries) {
  std::uint64_t address = 0, size = 0;
  for (const auto& entry : entries) {
    if (entry.d_tag == DT_STRTAB) address = entry.d_un.d_ptr;
    if (entry.d_tag == DT_STRSZ) size = entry.d_un.d_val;
  }
  const auto offset = find_in_file(segments, address, size);
  if (!offset || size > kMaxStrings)
    return tl::unexpected(malformed(file, "its dynamic string table is not in the file"));
  return file.read(*offset, size);
}

Result<void> read_dynamic(const InputFile& file, const std::vector<Elf64_Phdr>& segments, const Elf64_Phdr& segment,
                          LoadingFacts& facts) {
  const auto offset = find_in_file(segments, segment.p_vaddr, segment.p_memsz);
  if (!offset || segment.p_memsz > kMaxDynamic)
    return tl::unexpected(malformed(file, "its dynamic section is not in the file"));
  auto entries = read_table<Elf64_Dyn>(file, *offset, segment.p_memsz / sizeof(Elf64_Dyn));
  if (!entries) return tl::unexpected(entries.error());
  entries->erase(std::find_if(entries->begin(), entries->end(), [](const auto& e) { return e.d_tag == DT_NULL; }),
                 entries->end());
  const auto strings = read_strings(file, segments, *entries);
  if (!strings) return tl::unexpected(strings.error());
  for (const auto& entry : *entries) {
    if (entry.d_tag == DT_SONAME) facts.name = text_at(*strings, entry.d_un.d_val);
    if (entry.d_tag == DT_NEEDED) facts.needed.push_back(text_at(*strings, entry.d_un.d_val));
    if (const char* tag = steering_tag(entry.d_tag); tag != nullptr && facts.steering.empty()) facts.steering = tag;
  }
  return {};
}

Result<std::string> read_interpreter(const InputFile& file, const Elf64_Phdr& segment) {
  if (segment.p_filesz == 0 || segment.p_filesz > 4096)
    return tl::unexpected(malformed(file, "the path of its dynamic linker is empty or too long"));
  const auto path = file.read(segment.p_offset, segment.p_filesz);
  if (!path) return tl::unexpected(path.error());
  return text_at(*path, 0);
}

}  // namespace

Result<LoadingFacts> read_loading_facts(const InputFile& file) {
  LoadingFacts facts;
  Elf64_Ehdr header{};
  if (file.size() < sizeof header) return facts;
  if (auto ok = file.read(0, {reinterpret_cast<std::uint8_t*>(&header), sizeof header}); !ok)
    return tl::unexpected(ok.error());
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64 ||
      header.e_ident[EI_DATA] != ELFDATA2LSB)
    return facts;
  facts.is_elf = true;
  facts.machine = header.e_machine;
  const auto segments = read_table<Elf64_Phdr>(file, header.e_phoff, header.e_phnum);
  if (!segments) return tl::unexpected(segments.error());
  for (const auto& segment : *segments) {
    if (segment.p_type == PT_INTERP && facts.interpreter.empty()) {
      auto path = read_interpreter(file, segment);
      if (!path) return tl::unexpected(path.error());
      facts.interpreter = std::move(*path);
    }
    if (segment.p_type != PT_DYNAMIC) continue;
    if (auto ok = read_dynamic(file, *segments, segment, facts); !ok) return tl::unexpected(ok.error());
  }
  return facts;
}

}  // namespace proofmark::sign
