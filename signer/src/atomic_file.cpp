// SPDX-License-Identifier: Apache-2.0
//
// Writing. The order that makes it atomic: write a temporary file beside the target, flush it, rename it, flush the
// directory. Each failure leaves the target untouched and removes the temporary file.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>

#include "proofmark/sign/files.h"

namespace proofmark::sign {
namespace {

namespace fs = std::filesystem;

std::string write_hint(int error) {
  if (error == EACCES || error == EPERM || error == EROFS)
    return "the output directory must be writable, because the file is written beside its final name first";
  if (error == ENOENT) return "create the output directory first";
  if (error == ENOSPC || error == EDQUOT) return "free some space; the existing file, if any, is untouched";
  return {};
}

// The file that will really be replaced. A link is followed, so that signing through a link keeps the link.
Result<fs::path> resolve_target(const fs::path& path) {
  std::error_code code;
  if (path.empty() || path.filename().empty()) return usage(path.string(), "the output is not the name of a file");
  const fs::file_status status = fs::status(path, code);
  if (fs::is_directory(status))
    return unknown(path.string(), "the output exists and is a directory", "give the name of a file with -o");
  if (fs::exists(status) && !fs::is_regular_file(status))
    return unknown(path.string(), "the output exists and is not a regular file");
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

bool write_fully(int fd, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(put));
  }
  return true;
}

// Network file systems know no rename that refuses to replace, but links refuse everywhere.
bool rename_if_free(const char* from, const char* to) {
  if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL) return false;
  return ::link(from, to) == 0 && ::unlink(from) == 0;
}

}  // namespace

AtomicFile::AtomicFile(Descriptor fd, fs::path target, fs::path temporary)
    : fd_(std::move(fd)), target_(std::move(target)), temporary_(std::move(temporary)) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : fd_(std::move(other.fd_)),
      target_(std::move(other.target_)),
      temporary_(std::move(other.temporary_)),
      size_(other.size_) {
  other.temporary_.clear();
}

AtomicFile::~AtomicFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<AtomicFile> AtomicFile::create(const fs::path& path) {
  auto target = resolve_target(path);
  if (!target) return tl::unexpected(target.error());
  const fs::path directory = target->has_parent_path() ? target->parent_path() : fs::path(".");
  // Not derived from the target's name, which may already be as long as the file system allows.
  std::string name = (directory / ".proofmark-XXXXXX").string();
  Descriptor fd(::mkostemp(name.data(), O_CLOEXEC));
  if (fd.get() < 0) {
    const int error = errno;
    return unknown(path.string(), fmt::format("cannot be written: {}", std::strerror(error)), write_hint(error));
  }
  return AtomicFile(std::move(fd), *target, name);
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

Result<void> AtomicFile::take_attributes(const struct stat& from) {
  // Only root may give files away; for everyone else the file simply stays theirs, and then it must not run as whoever
  // wrote it. Before the mode, because a change of owner clears the set-user-id bit.
  mode_t mode = from.st_mode & 07777;
  if (::fchown(fd_.get(), from.st_uid, from.st_gid) != 0) {
    if (errno != EPERM) return fail("setting the owner");
    mode &= 01777;
  }
  return set_mode(mode);
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
  const bool named = replace ? ::rename(temporary_.c_str(), target_.c_str()) == 0
                             : rename_if_free(temporary_.c_str(), target_.c_str());
  if (!named && !replace && errno == EEXIST)
    return unknown(target_.string(), "exists already and is not overwritten",
                   "choose another name, or remove it first");
  if (!named) return fail("renaming");
  temporary_.clear();
  const fs::path directory = target_.has_parent_path() ? target_.parent_path() : fs::path(".");
  const Descriptor at(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // The name is in place; a directory that cannot be flushed (no read permission) does not undo that.
  if (at.get() >= 0) (void)::fsync(at.get());
  return {};
}

Result<void> write_file(const fs::path& path, std::string_view text, mode_t mode, bool replace) {
  auto file = AtomicFile::create(path);
  if (!file) return tl::unexpected(file.error());
  if (auto done = file->append({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}); !done) return done;
  if (auto done = file->set_mode(mode); !done) return done;
  return file->commit(replace);
}

}  // namespace proofmark::sign
