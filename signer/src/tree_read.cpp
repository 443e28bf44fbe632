// SPDX-License-Identifier: Apache-2.0
//
// Reading what was listed: attributes of every name, content of every regular file, by as many threads as there are cores.
// Names are independent of each other, so the threads share nothing but a counter.
#include <fcntl.h>
#include <linux/fsverity.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "proofmark/sign/digest.h"
#include "proofmark/sign/tree.h"

namespace proofmark::sign {
namespace {

constexpr std::size_t kPiece = 262144;

bool same_time(const timespec& a, const timespec& b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool same_state(const struct stat& a, const struct stat& b) {
  return a.st_size == b.st_size && a.st_mode == b.st_mode && a.st_uid == b.st_uid && a.st_gid == b.st_gid &&
         same_time(a.st_mtim, b.st_mtim) && same_time(a.st_ctim, b.st_ctim);
}

struct FileIdentity {
  dev_t device = 0;
  ino_t inode = 0;
  auto operator<=>(const FileIdentity&) const = default;
};

std::optional<Digest> measured(int fd) {
  constexpr std::size_t kLongest = 64;  // bytes of a digest
  alignas(fsverity_digest) std::array<std::uint8_t, sizeof(fsverity_digest) + kLongest> memory{};
  auto* answer = reinterpret_cast<fsverity_digest*>(memory.data());
  answer->digest_size = kLongest;
  if (::ioctl(fd, FS_IOC_MEASURE_VERITY, answer) != 0) return std::nullopt;
  if (answer->digest_algorithm != FS_VERITY_HASH_ALG_SHA256 || answer->digest_size != PM_DIGEST_SIZE)
    return std::nullopt;
  Digest digest{};
  std::copy_n(memory.begin() + sizeof(fsverity_digest), digest.size(), digest.begin());
  return digest;
}

}  // namespace

// One thread's part of the work.
class TreeReader {
 public:
  TreeReader(const Tree& tree, const Tree::ReadOptions& options) : tree_(tree), options_(options) {}

  // What is known about one name.
  struct Found {
    BundleEntry entry;
    FileIdentity identity;
    bool has_list = false;  // an access control list
    std::string damage;     // of the content, in words
  };

  Result<Found> read(std::size_t index, const TreeName& name) {
    Descriptor fd(tree_.open_below(name.path, open_flags(name.type)));
    if (fd.get() < 0) return tree_.failure(name.path, "opened");
    struct stat status{};
    if (::fstat(fd.get(), &status) != 0) return tree_.failure(name.path, "examined");
    Found found;
    found.identity = {status.st_dev, status.st_ino};
    if (!take_status(name, status, found.entry)) return changed(name.path);
    if (options_.unchanged && name.type == PM_BUNDLE_DIRECTORY && !same_time(name.modified, status.st_mtim))
      return changed(name.path);
    if (auto done = take_attributes(name, fd.get(), found); !done) return tl::unexpected(done.error());
    if (name.type == PM_BUNDLE_SYMLINK) {
      if (auto done = take_target(fd.get(), found.entry); !done) return tl::unexpected(done.error());
    }
    if (name.type == PM_BUNDLE_REGULAR) {
      if (auto done = take_content(fd.get(), status, found); !done) return tl::unexpected(done.error());
      if (options_.inspect) {
        if (auto done = options_.inspect(index, found.entry, fd.get()); !done) return tl::unexpected(done.error());
      }
    }
    return found;
  }

 private:
  // Only what holds content is opened; the rest is only pointed at, so that no device and no FIFO wakes up.
  static std::uint64_t open_flags(pm_bundle_type type) {
    if (type == PM_BUNDLE_REGULAR) return O_RDONLY | O_NONBLOCK | O_NOCTTY;
    return type == PM_BUNDLE_DIRECTORY ? O_RDONLY | O_DIRECTORY : O_PATH;
  }

  tl::unexpected<Error> changed(const std::string& path) const {
    return unknown(tree_.full_name(path), "changed while it was read", "read a tree that nobody is writing to");
  }

  static bool take_status(const TreeName& name, const struct stat& status, BundleEntry& entry) {
    constexpr std::array<mode_t, 7> kTypes = {0, S_IFDIR, S_IFREG, S_IFLNK, S_IFCHR, S_IFBLK, S_IFIFO};
    if ((status.st_mode & S_IFMT) != kTypes.at(name.type)) return false;
    entry.path = name.path;
    entry.type = name.type;
    entry.mode = status.st_mode & 07777;
    entry.uid = status.st_uid;
    entry.gid = status.st_gid;
    if (name.type == PM_BUNDLE_REGULAR) entry.size = static_cast<std::uint64_t>(status.st_size);
    if (name.type == PM_BUNDLE_CHARACTER_DEVICE || name.type == PM_BUNDLE_BLOCK_DEVICE) {
      entry.major = major(status.st_rdev);
      entry.minor = minor(status.st_rdev);
    }
    return true;
  }

  // Extended attributes, of which most files have none.
  Result<void> take_attributes(const TreeName& name, int fd, Found& found) const {
    std::array<char, 65536> list;  // XATTR_LIST_MAX
    if (name.type == PM_BUNDLE_SYMLINK) return {};
    const bool opened = name.type == PM_BUNDLE_REGULAR || name.type == PM_BUNDLE_DIRECTORY;
    const std::string self = fmt::format("/proc/self/fd/{}", fd);
    const ssize_t size =
        opened ? ::flistxattr(fd, list.data(), list.size()) : ::listxattr(self.c_str(), list.data(), list.size());
    if (size < 0 && errno != ENOTSUP) return tree_.failure(name.path, "asked for its extended attributes");
    for (ssize_t at = 0; at < size;) {
      const std::string_view attribute(list.data() + at);
      at += static_cast<ssize_t>(attribute.size()) + 1;
      if (attribute.starts_with("system.posix_acl_")) found.has_list = true;
      if (attribute != "security.capability" || name.type != PM_BUNDLE_REGULAR) continue;
      std::array<std::uint8_t, PM_BUNDLE_CAPABILITY_V3_SIZE> value{};
      const ssize_t length = ::fgetxattr(fd, "security.capability", value.data(), value.size());
      if (length < 0) return tree_.failure(name.path, "asked for its capabilities");
      found.entry.capability.assign(value.begin(), value.begin() + length);
    }
    return {};
  }

  Result<void> take_target(int fd, BundleEntry& entry) const {
    std::array<char, PM_BUNDLE_PATH_MAX + 1> target;
    const ssize_t length = ::readlinkat(fd, "", target.data(), target.size());
    if (length < 0) return tree_.failure(entry.path, "read");
    entry.target.assign(target.data(), static_cast<std::size_t>(length));
    entry.mode = 0777;  // on some file systems a link has other bits, which mean nothing
    return {};
  }

  // EIO is what the kernel says of a block that fs-verity refuses, and of one that the medium does not give any more.
  std::string describe_damage(int fd, std::uint64_t size) {
    std::uint64_t first = 0, count = 0;
    for (std::uint64_t offset = 0; offset < size; offset += PM_BLOCK_SIZE) {
      if (::pread(fd, buffer_.data(), PM_BLOCK_SIZE, static_cast<off_t>(offset)) >= 0) continue;
      if (count++ == 0) first = offset;
    }
    if (count == 0) return "a block that cannot be read now and then";
    return fmt::format("block {} ({} bytes at {}) that cannot be read{}", first / PM_BLOCK_SIZE,
                       std::min<std::uint64_t>(PM_BLOCK_SIZE, size - first), first,
                       count == 1 ? std::string() : fmt::format(", and {} more", count - 1));
  }

  Result<void> take_content(int fd, const struct stat& before, Found& found) {
    BundleEntry& entry = found.entry;
    if (options_.hashing == Hashing::kMeasure) {
      if (const auto digest = measured(fd); digest) {
        entry.digest = *digest;
        return {};
      }
    }
    FsVerityHasher hasher;
    std::uint64_t offset = 0;
    while (offset < entry.size) {
      const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, entry.size - offset));
      const ssize_t got = ::pread(fd, buffer_.data(), want, static_cast<off_t>(offset));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && errno == EIO && options_.tell_damage) {
        found.damage = describe_damage(fd, entry.size);
        return {};
      }
      if (got < 0) return tree_.failure(entry.path, "read");
      if (got == 0) return changed(entry.path);
      hasher.update({buffer_.data(), static_cast<std::size_t>(got)});
      offset += static_cast<std::uint64_t>(got);
      if (options_.progress != nullptr) options_.progress->bytes_done += static_cast<std::uint64_t>(got);
    }
    entry.digest = hasher.finish();
    struct stat after{};
    if (::fstat(fd, &after) != 0 || !same_state(before, after)) return changed(entry.path);
    return {};
  }

  const Tree& tree_;
  const Tree::ReadOptions& options_;
  Bytes buffer_ = Bytes(kPiece);
};

namespace {

// The first error in the order of the names is the one that is told; the threads stop soon after any.
class FirstError {
 public:
  void store(std::size_t index, Error error) {
    const std::lock_guard lock(mutex_);
    if (error_ && index_ < index) return;
    index_ = index;
    error_ = std::move(error);
    any_ = true;
  }
  bool any() const { return any_; }
  const std::optional<Error>& get() const { return error_; }

 private:
  std::mutex mutex_;
  std::atomic<bool> any_ = false;
  std::size_t index_ = 0;
  std::optional<Error> error_;
};

// A file that has several names is one file: all but the first are links to it.
void link_names(BundleTable& table, const std::vector<FileIdentity>& identities) {
  std::map<FileIdentity, std::uint32_t> seen;
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    table[i].first = i;
    if (table[i].type == PM_BUNDLE_REGULAR) table[i].first = seen.try_emplace(identities[i], i).first->second;
  }
}

}  // namespace

Result<FoundTree> Tree::read(const std::vector<TreeName>& names, const ReadOptions& options) const {
  FoundTree found;
  found.table.resize(names.size());
  std::vector<FileIdentity> identities(names.size());
  std::vector<std::uint8_t> has_list(names.size());
  std::vector<std::string> damage(names.size());
  if (options.progress != nullptr) options.progress->files_total = names.size();
  std::atomic<std::size_t> next = 0;
  FirstError error;
  const auto work = [&] {
    TreeReader reader(*this, options);
    for (std::size_t i = next++; i < names.size() && !error.any(); i = next++) {
      auto one = reader.read(i, names[i]);
      if (!one) {
        error.store(i, one.error());
        continue;
      }
      found.table[i] = std::move(one->entry);
      identities[i] = one->identity;
      has_list[i] = one->has_list ? 1 : 0;
      damage[i] = std::move(one->damage);
      if (options.progress != nullptr) ++options.progress->files_done;
    }
  };
  const unsigned jobs = options.jobs != 0 ? options.jobs : std::max(1u, std::thread::hardware_concurrency());
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < jobs && i < names.size(); ++i) threads.emplace_back(work);
    work();
  }
  if (error.get()) return tl::unexpected(*error.get());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (has_list[i] != 0) found.lists.push_back(names[i].path);
    if (!damage[i].empty()) found.damaged.push_back({names[i].path, "content", "found " + damage[i]});
  }
  link_names(found.table, identities);
  return found;
}

}  // namespace proofmark::sign
