// SPDX-License-Identifier: Apache-2.0
//
// The file system that Clang sees, with a memory: which files were read (and the very bytes, as a digest), which were
// only asked for, and which names were looked for in vain. A list of included headers would not do: a header that
// appears earlier in the search path, or that __has_include asked for, changes the unit as well.
#pragma once

#include <filesystem>
#include <map>
#include <memory>

#include "engine/clang_headers.h"
#include "engine/unit_reads.h"

namespace proofmark::analyze {

class RecordingFiles : public llvm::vfs::ProxyFileSystem {
 public:
  // `directory`: what relative names are relative to, which is the process's own directory.
  explicit RecordingFiles(const std::filesystem::path& directory);

  llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine& path) override;
  llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(const llvm::Twine& path) override;
  bool exists(const llvm::Twine& path) override;

  UnitReads reads() const;

 private:
  using FileId = llvm::sys::fs::UniqueID;
  class RecordingFile;

  std::string absolute(const llvm::Twine& path) const;

  std::string directory_;
  std::map<std::string, FileId> found_;    // regular files by the names that were asked for
  std::map<FileId, std::string> digests_;  // of what was read: once, however many names the file has
  std::set<std::string> absent_;
};

}  // namespace proofmark::analyze
