// SPDX-License-Identifier: Apache-2.0
//
// Entries on disk; see cache_directory.h.
#include "engine/cache_directory.h"

#include <algorithm>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>

#include "report/file.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;

constexpr EntryKind kKinds[] = {EntryKind::kManifest, EntryKind::kResult, EntryKind::kFunctions};
struct Entry {
  fs::path file;
  std::uintmax_t bytes = 0;
  fs::file_time_type used;
};

// Unfinished files of killed runs are entries, too: they age and go.
std::vector<Entry> entries_of(const fs::path& directory) {
  std::vector<Entry> entries;
  std::error_code error;
  for (const EntryKind kind : kKinds) {
    fs::recursive_directory_iterator at(directory / entry_kind_name(kind), error), end;
    for (; !error && at != end; at.increment(error)) {
      std::error_code gone;  // another run may trim, too
      if (!at->is_regular_file(gone) || at->is_symlink(gone)) continue;
      entries.push_back({at->path(), at->file_size(gone), at->last_write_time(gone)});
    }
  }
  return entries;
}

CacheUsage total(const std::vector<Entry>& entries) {
  CacheUsage usage{entries.size(), 0};
  for (const Entry& entry : entries) usage.bytes += entry.bytes;
  return usage;
}

}  // namespace

report::Result<CacheDirectory> CacheDirectory::open(const fs::path& directory) {
  std::error_code error;
  const fs::path absolute = fs::absolute(directory, error).lexically_normal();
  if (report::make_private_directory(absolute)) return CacheDirectory(absolute);
  return tl::unexpected(
      report::Error{absolute.string() + ": not a directory that only its owner, who runs this, can write to",
                    "chmod go-w, or another --cache DIR"});
}

fs::path CacheDirectory::file_of(const EntryName& name) const {
  return directory_ / entry_kind_name(name.kind) / name.key.substr(0, 2) / name.key;
}

std::string CacheDirectory::read(const EntryName& name) const {
  const fs::path file = file_of(name);
  auto sealed = report::read_private_file(file, kMaxEntryBytes);
  if (sealed) {
    (void)::utimensat(AT_FDCWD, file.c_str(), nullptr, AT_SYMLINK_NOFOLLOW);
    return std::move(*sealed);
  }
  std::error_code error;
  return fs::symlink_status(file, error).type() == fs::file_type::not_found ? "" : "not ours";  // opens no envelope
}

bool CacheDirectory::write(const EntryName& name, std::string_view sealed) const {
  if (sealed.size() > kMaxEntryBytes) return false;
  const fs::path file = file_of(name);
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  return report::write_private_file(file, sealed).has_value();
}

void CacheDirectory::remove(const EntryName& name) const {
  std::error_code error;
  fs::remove(file_of(name), error);
}

CacheUsage CacheDirectory::usage() const {
  return total(entries_of(directory_));
}

CacheUsage CacheDirectory::trim(std::uintmax_t max_bytes) const {
  std::vector<Entry> entries = entries_of(directory_);
  CacheUsage usage = total(entries);
  if (usage.bytes <= max_bytes) return usage;
  std::ranges::sort(entries, {}, &Entry::used);
  for (const Entry& entry : entries) {
    if (usage.bytes <= max_bytes) break;
    std::error_code error;
    fs::remove(entry.file, error);
    if (error) continue;
    usage.bytes -= entry.bytes;
    --usage.entries;
  }
  return usage;
}

}  // namespace proofmark::analyze
