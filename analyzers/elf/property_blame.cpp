// SPDX-License-Identifier: Apache-2.0
//
// Opens the inputs again; archives member by member.
#include "elf/property_blame.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "elf/archive.h"
#include "elf/elf_file.h"
#include "report/file.h"

namespace proofmark::elf {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMembersShown = 3;  // of one archive

struct Property {
  std::uint32_t type, bits;
};

// False for what is no ELF file, too: nothing is known about it.
bool lacks(std::string bytes, const Property& wanted) {
  const auto file = ElfFile::from_bytes(std::move(bytes), "input");
  return file && (file->property(wanted.type).value_or(0) & wanted.bits) != wanted.bits;
}

// Of the archive in `bytes`, those of `linked` that lack the property.
std::vector<std::string> members_lacking(const std::string& bytes, const std::set<std::string>& linked,
                                         const Property& wanted) {
  std::vector<std::string> lacking;
  const auto members = read_archive(bytes, "input");
  if (!members) return lacking;
  for (const ArchiveMember& member : *members) {
    if (linked.contains(member.name) && lacks(std::string(member.bytes), wanted)) lacking.push_back(member.name);
  }
  std::ranges::sort(lacking);
  return lacking;
}

// The first `shown`, and how many there are besides.
std::string some_of(const std::vector<std::string>& names, std::size_t shown) {
  if (names.size() <= shown) return fmt::format("{}", fmt::join(names, ", "));
  const auto end = names.begin() + static_cast<std::ptrdiff_t>(shown);
  return fmt::format("{} and {} more", fmt::join(names.begin(), end, ", "), names.size() - shown);
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
      const auto lacking = members_lacking(*bytes, members, wanted);
      if (lacking.empty()) continue;
      blamed.push_back(fmt::format("{} ({} of {} objects: {})", name, lacking.size(), members.size(),
                                   some_of(lacking, kMembersShown)));
    } else if (lacks(std::move(*bytes), wanted)) {
      blamed.push_back(name);
    }
  }
  return blamed;
}

}  // namespace proofmark::elf
