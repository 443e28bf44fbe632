// SPDX-License-Identifier: Apache-2.0
//
// Finding the names of a tree. openat2() keeps every name below the root: a directory that somebody replaces with a link
// between two steps is an error, not a way out.
#include "proofmark/sign/tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include <fmt/format.h>

namespace proofmark::sign {
namespace {

struct DirectoryCloser {
  void operator()(DIR* directory) const { ::closedir(directory); }
};
using Directory = std::unique_ptr<DIR, DirectoryCloser>;

// Nothing for a type that no table has: a socket.
std::optional<pm_bundle_type> type_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      return PM_BUNDLE_DIRECTORY;
    case S_IFREG:
      return PM_BUNDLE_REGULAR;
    case S_IFLNK:
      return PM_BUNDLE_SYMLINK;
    case S_IFCHR:
      return PM_BUNDLE_CHARACTER_DEVICE;
    case S_IFBLK:
      return PM_BUNDLE_BLOCK_DEVICE;
    case S_IFIFO:
      return PM_BUNDLE_FIFO;
    default:
      return std::nullopt;
  }
}

// Not every file system tells the type with the name.
std::optional<mode_t> mode_of(int directory, const dirent& entry) {
  if (entry.d_type != DT_UNKNOWN) return DTTOIF(entry.d_type);
  struct stat status{};
  if (::fstatat(directory, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
  return status.st_mode;
}

std::string joined(const std::string& directory, const char* name) {
  return directory.empty() ? std::string(name) : directory + "/" + name;
}

}  // namespace

PathPatterns::PathPatterns(std::vector<std::string> patterns) : patterns_(std::move(patterns)) {
  for (auto& pattern : patterns_) {
    while (pattern.ends_with('/')) pattern.pop_back();
    pattern.erase(0, pattern.find_first_not_of('/'));
  }
}

bool PathPatterns::match(const std::string& path) const {
  return std::any_of(patterns_.begin(), patterns_.end(), [&](const std::string& pattern) {
    return ::fnmatch(pattern.c_str(), path.c_str(), FNM_PATHNAME) == 0;
  });
}

Result<Tree> Tree::open(const std::filesystem::path& root, bool cross_file_systems) {
  Descriptor fd(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0)
    return unknown(root.string(), fmt::format("cannot be opened as a directory: {}", std::strerror(errno)));
  return Tree(std::move(fd), root.string(), cross_file_systems);
}

int Tree::open_below(const std::string& path, std::uint64_t flags) const {
  open_how how{};
  how.flags = flags | O_CLOEXEC | O_NOFOLLOW;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  if (!cross_file_systems_) how.resolve |= RESOLVE_NO_XDEV;
  // EAGAIN: something was renamed during the walk and the kernel could not be sure; EINTR: a signal.
  constexpr int kTries = 100;
  long fd = -1;
  for (int i = 0; i < kTries; ++i) {
    fd = ::syscall(SYS_openat2, root_.get(), path.empty() ? "." : path.c_str(), &how, sizeof how);
    if (fd >= 0 || (errno != EAGAIN && errno != EINTR)) break;
  }
  return static_cast<int>(fd);
}

std::string Tree::full_name(const std::string& path) const {
  return path.empty() ? name_ : name_ + (name_.ends_with('/') ? "" : "/") + printable(path);
}

tl::unexpected<Error> Tree::failure(const std::string& path, const char* doing) const {
  const int error = errno;
  if (error == ENOENT || error == ELOOP || error == ENOTDIR)
    return unknown(full_name(path), "changed while the tree was read", "read a tree that nobody is writing to");
  if (error == ENOSYS)
    return unknown(full_name(path), "this kernel cannot open files safely below a directory (openat2, Linux 5.6)");
  return unknown(full_name(path), fmt::format("cannot be {}: {}", doing, std::strerror(error)),
                 error == EACCES || error == EPERM ? "read the tree as the user who owns it, or as root" : "");
}

Result<Descriptor> Tree::open_file(const std::string& path) const {
  Descriptor fd(open_below(path, O_RDONLY | O_NONBLOCK | O_NOCTTY));
  if (fd.get() < 0) return failure(path, "opened");
  return fd;
}

Result<void> Tree::list_directory(TreeName& directory, int fd, const PathPatterns& exclude,
                                  std::vector<TreeName>& children) const {
  const Directory stream(::fdopendir(fd));
  struct stat status{};
  if (!stream || ::fstat(fd, &status) != 0) return failure(directory.path, "read");
  directory.modified = status.st_mtim;
  for (errno = 0; const dirent* entry = ::readdir(stream.get()); errno = 0) {
    if (std::strcmp(entry->d_name, ".") == 0 || std::strcmp(entry->d_name, "..") == 0) continue;
    TreeName name{joined(directory.path, entry->d_name), PM_BUNDLE_REGULAR, {}};
    if (exclude.match(name.path)) continue;
    const auto mode = mode_of(fd, *entry);
    if (!mode) return failure(name.path, "examined");
    const auto type = type_of(*mode);
    if (!type)
      return unknown(full_name(name.path), "is a socket, which belongs to a running program",
                     "remove it, or leave it out with --exclude");
    name.type = *type;
    children.push_back(std::move(name));
  }
  if (errno != 0) return failure(directory.path, "read");
  return {};
}

Result<Listing> Tree::list(const PathPatterns& exclude) const {
  Listing listing;
  std::vector<TreeName> pending = {{"", PM_BUNDLE_DIRECTORY, {}}};
  while (!pending.empty()) {
    TreeName next = std::move(pending.back());
    pending.pop_back();
    if (next.type == PM_BUNDLE_DIRECTORY) {
      const int fd = open_below(next.path, O_RDONLY | O_DIRECTORY);
      if (fd < 0 && errno == EXDEV) {
        listing.mounts.push_back(std::move(next.path));
        continue;
      }
      if (fd < 0) return failure(next.path, "opened");
      const auto begin = static_cast<std::ptrdiff_t>(pending.size());
      if (auto done = list_directory(next, fd, exclude, pending); !done) return tl::unexpected(done.error());
      // The next name is taken from the back.
      std::sort(pending.begin() + begin, pending.end(),
                [](const TreeName& a, const TreeName& b) { return path_precedes(b.path, a.path); });
    }
    listing.names.push_back(std::move(next));
  }
  return listing;
}

}  // namespace proofmark::sign
