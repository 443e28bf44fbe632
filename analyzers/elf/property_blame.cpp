// SPDX-License-Identifier: Apache-2.0
//
// Opens the inputs again; archives member by member.
#include "elf/property_blame.h"

#include <map>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "elf/elf_file.h"
#include "report/file.h"

namespace proofmark::elf {
namespace {

namespace fs = std::filesystem;

struct ElfEnd {
  void operator()(Elf* elf) const { elf_end(elf); }
};

struct Property {
  std::uint32_t type, bits;
};

// False for what is no ELF file, too: nothing is known about it.
bool lacks(std::string bytes, const Property& wanted) {
  const auto file = ElfFile::from_bytes(std::move(bytes), "input");
  return file && (file->property(wanted.type).value_or(0) & wanted.bits) != wanted.bits;
}

// Of the archive in `bytes`, how many of `members` lack the property.
std::size_t count_lacking(const std::string& bytes, const std::set<std::string>& members, const Property& wanted) {
  elf_version(EV_CURRENT);
  const std::unique_ptr<Elf, ElfEnd> archive(elf_memory(const_cast<char*>(bytes.data()), bytes.size()));
  if (!archive || elf_kind(archive.get()) != ELF_K_AR) return 0;
  std::size_t count = 0;
  for (;;) {
    const std::unique_ptr<Elf, ElfEnd> member(elf_begin(-1, ELF_C_READ, archive.get()));
    if (!member) return count;
    const Elf_Arhdr* const header = elf_getarhdr(member.get());
    std::size_t size = 0;
    const char* const content = elf_rawfile(member.get(), &size);
    const bool linked = header != nullptr && header->ar_name != nullptr && members.contains(header->ar_name);
    if (linked && content != nullptr && lacks(std::string(content, size), wanted)) ++count;
    if (elf_next(member.get()) == ELF_C_NULL) return count;
  }
}

Result<std::string> read_input(const std::string& path, const fs::path& map_folder) {
  std::error_code ignored;
  return report::read_file(fs::exists(path, ignored) ? fs::path(path) : map_folder / path);
}

}  // namespace

std::vector<std::string> inputs_without(const LinkMap& map, const fs::path& map_folder, std::uint32_t type,
                                        std::uint32_t bits) {
  const Property wanted{type, bits};
  std::map<std::string, std::set<std::string>> files;
  for (const LinkInput& input : map.inputs) {
    auto& members = files[input.path];
    if (!input.member.empty()) members.insert(input.member);
  }
  std::vector<std::string> blamed;
  for (const auto& [path, members] : files) {
    auto bytes = read_input(path, map_folder);
    if (!bytes) continue;
    const std::string name = fs::path(path).filename().string();
    if (!members.empty()) {
      const std::size_t count = count_lacking(*bytes, members, wanted);
      if (count != 0) blamed.push_back(fmt::format("{} ({} of {} objects)", name, count, members.size()));
    } else if (lacks(std::move(*bytes), wanted)) {
      blamed.push_back(name);
    }
  }
  return blamed;
}

}  // namespace proofmark::elf
