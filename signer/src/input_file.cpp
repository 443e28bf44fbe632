// SPDX-License-Identifier: Apache-2.0
//
// Reading. Every way in which an input can be no file worth signing gets its own words here.
#include <fcntl.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "proofmark/sign/files.h"

namespace proofmark::sign {
namespace {

const char* type_name(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      return "a directory";
    case S_IFCHR:
      return "a character device";
    case S_IFBLK:
      return "a block device";
    case S_IFIFO:
      return "a FIFO";
    case S_IFSOCK:
      return "a socket";
    default:
      return "of an unknown type";
  }
}

std::string open_hint(int error) {
  if (error == EACCES || error == EPERM)
    return "give the user who signs read permission, and search permission on the directories above";
  if (error == ENOENT) return "check the path; the file must exist before it can be signed or read";
  return {};
}

}  // namespace

bool read_fully(int fd, std::uint64_t offset, std::span<std::uint8_t> buffer) {
  while (!buffer.empty()) {
    const ssize_t got = ::pread(fd, buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) errno = 0;  // the end, which is no system error
    if (got <= 0) return false;
    buffer = buffer.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
  return true;
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

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    close();
    fd_ = other.fd_;
    other.fd_ = -1;
  }
  return *this;
}

void Descriptor::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

InputFile::InputFile(Descriptor fd, std::string path, const struct stat& status)
    : fd_(std::move(fd)), path_(std::move(path)), status_(status) {}

Result<InputFile> InputFile::open(const std::filesystem::path& path) {
  // O_NONBLOCK: opening a FIFO or a tape must not wait for whoever is at the other end.
  Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (fd.get() < 0) {
    const int error = errno;
    return unknown(path.string(), fmt::format("cannot be opened: {}", std::strerror(error)), open_hint(error));
  }
  return adopt(std::move(fd), path.string());
}

Result<InputFile> InputFile::adopt(Descriptor fd, const std::string& path) {
  struct stat status{};
  if (::fstat(fd.get(), &status) != 0)
    return unknown(path, fmt::format("cannot be examined: {}", std::strerror(errno)));
  if (!S_ISREG(status.st_mode))
    return unknown(path, fmt::format("not a regular file (it is {})", type_name(status.st_mode)));
  return InputFile(std::move(fd), path, status);
}

std::vector<std::string> InputFile::extended_attributes() const {
  const ssize_t size = ::flistxattr(fd_.get(), nullptr, 0);
  std::vector<std::string> names;
  if (size <= 0) return names;
  std::string list(static_cast<std::size_t>(size), '\0');
  const ssize_t got = ::flistxattr(fd_.get(), list.data(), list.size());
  if (got <= 0) return names;
  for (std::size_t at = 0; at < static_cast<std::size_t>(got); at += names.back().size() + 1)
    names.emplace_back(list.c_str() + at);
  std::sort(names.begin(), names.end());
  return names;
}

Result<void> InputFile::read(std::uint64_t offset, std::span<std::uint8_t> buffer) const {
  if (read_fully(fd_.get(), offset, buffer)) return {};
  if (errno == 0) return unknown(path_, "became shorter while it was read", "sign a file that nobody is writing to");
  return unknown(path_, fmt::format("cannot be read: {}", std::strerror(errno)));
}

Result<Bytes> InputFile::read(std::uint64_t offset, std::size_t length) const {
  Bytes bytes(length);
  if (auto done = read(offset, std::span(bytes)); !done) return tl::unexpected(done.error());
  return bytes;
}

bool InputFile::changed() const {
  struct stat now{};
  if (::fstat(fd_.get(), &now) != 0) return true;
  return now.st_size != status_.st_size || now.st_mtim.tv_sec != status_.st_mtim.tv_sec ||
         now.st_mtim.tv_nsec != status_.st_mtim.tv_nsec;
}

Result<std::string> read_text(const std::filesystem::path& path, std::size_t most) {
  auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  if (file->size() > most)
    return unknown(path.string(), fmt::format("too large (expected at most {} bytes, found {})", most, file->size()));
  auto bytes = file->read(0, static_cast<std::size_t>(file->size()));
  if (!bytes) return tl::unexpected(bytes.error());
  return std::string(bytes->begin(), bytes->end());
}

int VerifierInput::size(void* context, std::uint64_t* bytes) {
  struct stat status{};
  if (::fstat(*static_cast<int*>(context), &status) != 0) return -1;
  *bytes = static_cast<std::uint64_t>(status.st_size);
  return 0;
}

int VerifierInput::read(void* context, std::uint64_t offset, void* buffer, std::size_t length) {
  return read_fully(*static_cast<int*>(context), offset, {static_cast<std::uint8_t*>(buffer), length}) ? 0 : -1;
}

}  // namespace proofmark::sign
