// SPDX-License-Identifier: Apache-2.0
//
// Entries in a directory of this machine: KIND/ab/abcd... below it. Each is written to another name and renamed, so that
// runs may share a directory and be killed at any moment. Only what nobody else can have written is read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "engine/cache_entry.h"
#include "report/finding.h"

namespace proofmark::analyze {

struct CacheUsage {
  size_t entries = 0;
  std::uintmax_t bytes = 0;
};

class CacheDirectory {
 public:
  // Creates it. One that others may write to is refused.
  static report::Result<CacheDirectory> open(const std::filesystem::path& directory);

  // The sealed entry, "" when there is none; one that is someone else's, a link or a giant is as good as none. What is
  // used stays young.
  std::string read(const EntryName& name) const;
  // False when it could not be written; the next run does without.
  bool write(const EntryName& name, std::string_view sealed) const;
  void remove(const EntryName& name) const;

  CacheUsage usage() const;
  // Removes what was not used for longest, until `max_bytes` are left.
  CacheUsage trim(std::uintmax_t max_bytes) const;

  const std::filesystem::path& path() const { return directory_; }

 private:
  explicit CacheDirectory(std::filesystem::path directory) : directory_(std::move(directory)) {}
  std::filesystem::path file_of(const EntryName& name) const;

  std::filesystem::path directory_;
};

}  // namespace proofmark::analyze
