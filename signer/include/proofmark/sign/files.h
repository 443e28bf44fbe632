// SPDX-License-Identifier: Apache-2.0
//
// Files as the signer uses them: input that is opened once and read at offsets, output that appears under its name only
// when it is complete. A signing host that loses power keeps either the old file or the new one.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "proofmark/sign/error.h"
#include "proofmark/verify.h"

namespace proofmark::sign {

// Owns a descriptor.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  int get() const { return fd_; }
  void close();

 private:
  int fd_;
};

// All of `buffer` from `offset`, and all of `bytes` at the position of the descriptor, however often the kernel stops half-way.
// False with errno; with errno 0 when the file ended before.
bool read_fully(int fd, std::uint64_t offset, std::span<std::uint8_t> buffer);
bool write_fully(int fd, ByteView bytes);

class InputFile {
 public:
  // Regular files only: a FIFO would hang, a device has no end.
  static Result<InputFile> open(const std::filesystem::path& path);
  // Of a descriptor that is open already; `path` is what messages call it.
  static Result<InputFile> adopt(Descriptor fd, const std::string& path);

  // Fills `buffer` from `offset`; an error when the file ends before.
  Result<void> read(std::uint64_t offset, std::span<std::uint8_t> buffer) const;
  Result<Bytes> read(std::uint64_t offset, std::size_t length) const;
  // Names of its extended attributes, ACLs included, sorted; empty where the file system has none.
  std::vector<std::string> extended_attributes() const;
  // True when size, time or inode state differ from when the file was opened.
  bool changed() const;

  int fd() const { return fd_.get(); }
  std::uint64_t size() const { return static_cast<std::uint64_t>(status_.st_size); }
  const struct stat& status() const { return status_; }
  const std::string& path() const { return path_; }

 private:
  InputFile(Descriptor fd, std::string path, const struct stat& status);
  Descriptor fd_;
  std::string path_;
  struct stat status_;
};

// The whole of a small file, such as a key or an evidence file.
Result<std::string> read_text(const std::filesystem::path& path, std::size_t most);

// Lets the verifier read a descriptor. The descriptor must outlive the view.
class VerifierInput {
 public:
  explicit VerifierInput(int fd) : fd_(fd), io_{&fd_, &size, &read} {}
  VerifierInput(const VerifierInput&) = delete;
  VerifierInput& operator=(const VerifierInput&) = delete;
  const pm_io* io() const { return &io_; }

 private:
  static int size(void* context, std::uint64_t* bytes);
  static int read(void* context, std::uint64_t offset, void* buffer, std::size_t length);
  int fd_;
  pm_io io_;
};

// Written without a name where the file system can do that (O_TMPFILE), else under a temporary name in the directory of
// `path`; commit() puts it in the place of `path` in one step. Without a commit nothing is left behind and `path` is what it
// was. Where `path` is a symbolic link, the file that it points to is replaced; other hard links of it keep the old content.
class AtomicFile {
 public:
  static Result<AtomicFile> create(const std::filesystem::path& path);
  ~AtomicFile();
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  Result<void> append(ByteView bytes);
  // Mode, access control list, and where permitted owner, of the file that this one is made from. What `from` has and this
  // file does not get is returned, each in words ("extended attribute user.x", "set-user-id bit"); times are never taken.
  Result<std::vector<std::string>> take_attributes(const InputFile& from);
  Result<void> set_mode(mode_t mode);
  // Ends the file here; a hole that append() left at the end becomes real. Needed before anyone reads fd().
  Result<void> finish();
  // Flushes to the medium, then takes the name. With `replace` false an existing file is an error, not a victim.
  Result<void> commit(bool replace = true);
  // Gives up the name for good: the content lives as long as the descriptor.
  Descriptor release() &&;

  int fd() const { return fd_.get(); }

 private:
  AtomicFile(Descriptor fd, std::filesystem::path target, std::string temporary);
  Result<void> fail(const char* doing) const;
  bool take_name(bool replace);
  Descriptor fd_;
  std::filesystem::path target_;
  std::string temporary_;  // empty: nameless
  std::uint64_t size_ = 0;
};

// Removes the temporary names of all AtomicFiles of this process. Async-signal-safe: for the handler of a signal that ends
// the program, after which none of them may be used any more.
void remove_temporaries() noexcept;

// True for the last part of a path that can only be the unfinished output of a program that was killed.
bool is_temporary_name(std::string_view name);

// Small outputs in one call: keys, trust sources.
Result<void> write_file(const std::filesystem::path& path, std::string_view text, mode_t mode, bool replace);

}  // namespace proofmark::sign
