// SPDX-License-Identifier: Apache-2.0
//
// A directory tree as it is on disk, read so that whoever changes it meanwhile can neither lead the reader out of it nor go
// unnoticed: every name is resolved below the root without following links, and what changes while it is read is an error.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "proofmark/sign/bundle.h"
#include "proofmark/sign/files.h"

namespace proofmark::sign {

// Shell patterns for whole paths below the root: `*` and `?` do not match '/'. One that matches a directory also matches
// everything in it; a '/' at either end means nothing.
class PathPatterns {
 public:
  explicit PathPatterns(std::vector<std::string> patterns = {});
  // The path itself; whoever walks down stops there.
  bool match(const std::string& path) const;

 private:
  std::vector<std::string> patterns_;
};

struct TreeName {
  std::string path;
  pm_bundle_type type = PM_BUNDLE_DIRECTORY;
  timespec modified{};  // of a directory, when it was listed
};

struct Listing {
  std::vector<TreeName> names;      // in the order of a table, the root first
  std::vector<std::string> mounts;  // where another file system begins; not entered, not in `names`
};

// How the digest of a regular file is found.
enum class Hashing {
  kRead,     // every byte is read
  kMeasure,  // the kernel is asked where fs-verity guards the file, in constant time; else it is read
};

// Counted while a tree is read, for whoever shows it.
struct TreeProgress {
  std::atomic<std::uint64_t> files_total = 0, files_done = 0, bytes_done = 0;
};

struct FoundTree {
  BundleTable table;
  std::vector<std::string> lists;   // paths with an access control list, which no table can vouch for
  std::vector<Difference> damaged;  // "content": files with blocks that cannot be read; their digests are zero
};

class Tree {
 public:
  // With `cross_file_systems` mount points are entered like any directory.
  static Result<Tree> open(const std::filesystem::path& root, bool cross_file_systems);

  // All names but those that `exclude` matches, and what lies below them. Sockets are an error.
  Result<Listing> list(const PathPatterns& exclude) const;

  // Called with every regular file after it was read, by several threads at once; `index` is that of `names`.
  using Inspect = std::function<Result<void>(std::size_t index, const BundleEntry& entry, int fd)>;

  struct ReadOptions {
    Hashing hashing = Hashing::kRead;
    unsigned jobs = 0;         // threads; 0: one for each core
    bool unchanged = false;    // a directory that was modified since it was listed is an error
    bool tell_damage = false;  // blocks that cannot be read are no error, but told in FoundTree::damaged
    TreeProgress* progress = nullptr;
    Inspect inspect;
  };
  // Reads what was listed. The error is that of the first name that could not be read.
  Result<FoundTree> read(const std::vector<TreeName>& names, const ReadOptions& options) const;

  // Opens a regular file below the root for reading.
  Result<Descriptor> open_file(const std::string& path) const;

  // For messages: the root and the path.
  std::string full_name(const std::string& path) const;

 private:
  Tree(Descriptor root, std::string name, bool cross_file_systems)
      : root_(std::move(root)), name_(std::move(name)), cross_file_systems_(cross_file_systems) {}
  int open_below(const std::string& path, std::uint64_t flags) const;
  Result<void> list_directory(TreeName& directory, int fd, const PathPatterns& exclude,
                              std::vector<TreeName>& children) const;
  tl::unexpected<Error> failure(const std::string& path, const char* doing) const;
  friend class TreeReader;

  Descriptor root_;
  std::string name_;
  bool cross_file_systems_;
};

}  // namespace proofmark::sign
