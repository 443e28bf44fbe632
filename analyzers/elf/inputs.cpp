// SPDX-License-Identifier: Apache-2.0
//
// Every file has libelf handles of its own, so that threads share nothing but the options, which nobody changes.
#include "elf/inputs.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <thread>

#include <fmt/format.h>

#include "elf/archive.h"
#include "report/file.h"

namespace proofmark::elf {
namespace {

namespace fs = std::filesystem;

bool looks_like_code(const fs::path& file) {
  std::array<char, 8> first{};
  std::ifstream stream(file, std::ios::binary);
  stream.read(first.data(), first.size());
  const std::string_view found(first.data(), static_cast<std::size_t>(stream.gcount()));
  return found.starts_with(ELFMAG) || is_archive(found);
}

void search(const std::string& folder, std::vector<std::string>& found) {
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (entry->symlink_status(ignored).type() != fs::file_type::regular) continue;
    if (looks_like_code(entry->path())) found.push_back(entry->path().string());
  }
}

void audit_archive(const std::string& path, std::string_view bytes, const AuditOptions& options, PathAudit& result) {
  const auto members = read_archive(bytes, path);
  if (!members) {
    result.problems.push_back(members.error());
    return;
  }
  for (const ArchiveMember& member : *members) {
    if (!member.bytes.starts_with(ELFMAG)) continue;  // an index, a list, bitcode
    const auto elf = ElfFile::from_bytes(std::string(member.bytes), fmt::format("{}({})", path, member.name));
    auto audit = elf ? audit_elf(*elf, options) : Result<FileAudit>(tl::unexpected(elf.error()));
    if (audit)
      result.files.push_back(std::move(*audit));
    else
      result.problems.push_back(audit.error());
  }
  if (result.files.empty() && result.problems.empty()) {
    result.problems.push_back({fmt::format("{}: the archive holds no ELF file", path), {}});
  }
}

PathAudit audit_path(const std::string& path, const AuditOptions& options) {
  PathAudit result;
  auto bytes = report::read_file(path);
  if (!bytes) {
    result.problems.push_back(bytes.error());
  } else if (is_archive(*bytes)) {
    audit_archive(path, *bytes, options, result);
  } else {
    const auto elf = ElfFile::from_bytes(std::move(*bytes), path);
    auto audit = elf ? audit_elf(*elf, options) : Result<FileAudit>(tl::unexpected(elf.error()));
    if (audit)
      result.files.push_back(std::move(*audit));
    else
      result.problems.push_back(audit.error());
  }
  return result;
}

}  // namespace

std::vector<std::string> search_folders(const std::vector<std::string>& paths) {
  std::vector<std::string> found;
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (!fs::is_directory(path, ignored)) {
      found.push_back(path);
      continue;
    }
    const auto first = static_cast<std::ptrdiff_t>(found.size());
    search(path, found);
    std::sort(found.begin() + first, found.end());
  }
  return found;
}

std::vector<PathAudit> audit_paths(const std::vector<std::string>& paths, const AuditOptions& options, unsigned jobs) {
  std::vector<PathAudit> results(paths.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t index = next++; index < paths.size(); index = next++) {
      results[index] = audit_path(paths[index], options);
    }
  };
  std::vector<std::jthread> threads;
  for (unsigned job = 1; job < jobs && job < paths.size(); ++job) threads.emplace_back(work);
  work();
  threads.clear();  // waits for them
  return results;
}

}  // namespace proofmark::elf
