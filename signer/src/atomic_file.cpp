// SPDX-License-Identifier: Apache-2.0
//
// Writing. The order that makes it atomic: write a file that has no name, or a temporary one beside the target, flush it,
// let it take the name in one step, flush the directory. Each failure leaves the target untouched and removes what was written.
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>

#include "proofmark/sign/files.h"
#include "temporary_name.h"

namespace proofmark::sign {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNameHint =
    "give the name of a file; it appears when it is complete, so it cannot be written piece by piece";

std::string write_hint(int error) {
  if (error == EACCES || error == EPERM || error == EROFS)
    return "the output directory must be writable, because the file is written beside its final name first";
  if (error == ENOENT) return "create the output directory first";
  if (error == ENOSPC || error == EDQUOT) return "free some space; the existing file, if any, is untouched";
  if (error == EFBIG) return "the limit of the file system or of the shell (ulimit -f) is lower";
  return {};
}

std::string rename_hint(int error) {
  if (error != EPERM && error != EACCES) return {};
  return "the existing file may be immutable (lsattr shows it), or another user's in a directory with the sticky bit";
}

fs::path directory_of(const fs::path& target) {
  return target.has_parent_path() ? target.parent_path() : fs::path(".");
}

// /dev/stdout is a link into /proc, and what it points to there is a descriptor and not a name that could be replaced.
bool leads_through_proc(fs::path path) {
  constexpr int kMaxLinks = 40;
  std::error_code code;
  for (int i = 0; i < kMaxLinks; ++i) {
    struct statfs system{};
    if (::statfs(directory_of(path).c_str(), &system) == 0 && system.f_type == PROC_SUPER_MAGIC) return true;
    const fs::path next = fs::read_symlink(path, code);
    if (code) return false;
    path = directory_of(path) / next;
  }
  return false;
}

// The file that will really be replaced. A link is followed, so that signing through a link keeps the link.
Result<fs::path> resolve_target(const fs::path& path) {
  std::error_code code;
  if (path.empty() || path.filename().empty()) return usage(path.string(), "the output is not the name of a file");
  const fs::file_status status = fs::status(path, code);
  if (fs::is_directory(status))
    return unknown(path.string(), "the output exists and is a directory", "give the name of a file with -o");
  if (fs::exists(status) && !fs::is_regular_file(status))
    return unknown(path.string(), "the output exists and is not a regular file", kNameHint);
  if (leads_through_proc(path)) return unknown(path.string(), "the output is a descriptor, not a file", kNameHint);
  if (!fs::is_symlink(fs::symlink_status(path, code))) return path;
  const fs::path target = fs::canonical(path, code);
  if (code)
    return unknown(path.string(), "the output is a link that points to nothing",
                   "remove the link, or create its target");
  return target;
}

bool all_zero(ByteView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

// Network file systems know no rename that refuses to replace, but links refuse everywhere.
bool rename_if_free(const char* from, const char* to) {
  if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL) return false;
  return ::link(from, to) == 0 && ::unlink(from) == 0;
}

constexpr const char* kAccessList = "system.posix_acl_access";

bool copy_attribute(int from, int to, const char* name) {
  std::array<char, 65536> value{};  // XATTR_SIZE_MAX
  const ssize_t size = ::fgetxattr(from, name, value.data(), value.size());
  return size >= 0 && ::fsetxattr(to, name, value.data(), static_cast<std::size_t>(size), 0) == 0;
}

std::string descriptor_path(int fd) {
  return fmt::format("/proc/self/fd/{}", fd);
}

// A nameless file can only be given a name through /proc, so without it there must be a name from the start.
Descriptor open_nameless(const fs::path& directory) {
  Descriptor fd(::open(directory.c_str(), O_RDWR | O_TMPFILE | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (fd.get() >= 0 && ::access(descriptor_path(fd.get()).c_str(), F_OK) != 0) return Descriptor();
  return fd;
}

}  // namespace

AtomicFile::AtomicFile(Descriptor fd, fs::path target, std::string temporary)
    : fd_(std::move(fd)), target_(std::move(target)), temporary_(std::move(temporary)) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : fd_(std::move(other.fd_)),
      target_(std::move(other.target_)),
      temporary_(std::move(other.temporary_)),
      size_(other.size_) {
  other.temporary_.clear();
}

AtomicFile::~AtomicFile() {
  if (temporary_.empty()) return;
  ::unlink(temporary_.c_str());
  forget_temporary_name(temporary_);
}

Result<AtomicFile> AtomicFile::create(const fs::path& path) {
  auto target = resolve_target(path);
  if (!target) return tl::unexpected(target.error());
  const fs::path directory = directory_of(*target);
  if (Descriptor nameless = open_nameless(directory); nameless.get() >= 0)
    return AtomicFile(std::move(nameless), *target, {});
  std::string name = new_temporary_name(directory);
  Descriptor fd(::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (fd.get() >= 0) return AtomicFile(std::move(fd), *target, std::move(name));
  const int error = errno;
  forget_temporary_name(name);
  return unknown(path.string(), fmt::format("cannot be written: {}", std::strerror(error)), write_hint(error));
}

Result<void> AtomicFile::fail(const char* doing) const {
  const int error = errno;
  return unknown(target_.string(), fmt::format("{} failed: {}", doing, std::strerror(error)), write_hint(error));
}

Result<void> AtomicFile::append(ByteView bytes) {
  size_ += bytes.size();
  // A long run of zeros stays a hole, so that a sparse image does not fill the disk.
  if (bytes.size() >= PM_BLOCK_SIZE && all_zero(bytes)) {
    if (::lseek(fd_.get(), static_cast<off_t>(bytes.size()), SEEK_CUR) < 0) return fail("writing");
    return {};
  }
  if (!write_fully(fd_.get(), bytes)) return fail("writing");
  return {};
}

Result<std::vector<std::string>> AtomicFile::take_attributes(const InputFile& from) {
  std::vector<std::string> dropped;
  // Only root may give files away; for everyone else the file simply stays theirs, and then it must not run as whoever
  // wrote it. Before the mode, because a change of owner clears the set-user-id bit.
  mode_t mode = from.status().st_mode & 07777;
  if (::fchown(fd_.get(), from.status().st_uid, from.status().st_gid) != 0) {
    if (errno != EPERM) return tl::unexpected(fail("setting the owner").error());
    if ((mode & S_ISUID) != 0) dropped.emplace_back("set-user-id bit");
    if ((mode & S_ISGID) != 0) dropped.emplace_back("set-group-id bit");
    mode &= 01777;
  }
  for (const auto& name : from.extended_attributes()) {
    if (name == kAccessList && copy_attribute(from.fd(), fd_.get(), kAccessList)) continue;
    // Where there is a list, the bits of the group say what anyone in it may have, which is more than the group has.
    if (name == kAccessList) mode &= ~static_cast<mode_t>(S_IRWXG);
    // The security policy labels files by place, not by origin.
    if (name != "security.selinux") dropped.push_back("extended attribute " + name);
  }
  if (auto done = set_mode(mode); !done) return tl::unexpected(done.error());
  return dropped;
}

Result<void> AtomicFile::set_mode(mode_t mode) {
  if (::fchmod(fd_.get(), mode) != 0) return fail("setting the mode");
  return {};
}

Result<void> AtomicFile::finish() {
  if (::ftruncate(fd_.get(), static_cast<off_t>(size_)) != 0) return fail("writing");
  return {};
}

Result<void> AtomicFile::commit(bool replace) {
  if (auto done = finish(); !done) return done;
  if (::fsync(fd_.get()) != 0) return fail("flushing");
  if (!take_name(replace)) {
    const int error = errno;
    if (error == EEXIST)
      return unknown(target_.string(), "exists already and is not overwritten",
                     "choose another name, or remove it first");
    return unknown(target_.string(), fmt::format("renaming failed: {}", std::strerror(error)), rename_hint(error));
  }
  const Descriptor at(::open(directory_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // The name is in place; a directory that cannot be flushed (no read permission) does not undo that.
  if (at.get() >= 0) (void)::fsync(at.get());
  return {};
}

// Leaves errno of what went wrong.
bool AtomicFile::take_name(bool replace) {
  if (temporary_.empty()) {
    // A link never replaces, so what is free needs no second step.
    const std::string self = descriptor_path(fd_.get());
    if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, target_.c_str(), AT_SYMLINK_FOLLOW) == 0) return true;
    if (errno != EEXIST || !replace) return false;
    temporary_ = new_temporary_name(directory_of(target_));
    if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, temporary_.c_str(), AT_SYMLINK_FOLLOW) != 0) return false;
  }
  const bool named = replace ? ::rename(temporary_.c_str(), target_.c_str()) == 0
                             : rename_if_free(temporary_.c_str(), target_.c_str());
  if (!named) return false;
  forget_temporary_name(temporary_);
  temporary_.clear();
  return true;
}

Descriptor AtomicFile::release() && {
  if (!temporary_.empty()) {
    ::unlink(temporary_.c_str());
    forget_temporary_name(temporary_);
    temporary_.clear();
  }
  return std::move(fd_);
}

Result<void> write_file(const fs::path& path, std::string_view text, mode_t mode, bool replace) {
  auto file = AtomicFile::create(path);
  if (!file) return tl::unexpected(file.error());
  if (auto done = file->append({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}); !done) return done;
  if (auto done = file->set_mode(mode); !done) return done;
  return file->commit(replace);
}

}  // namespace proofmark::sign
