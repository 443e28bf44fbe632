// SPDX-License-Identifier: Apache-2.0
//
// The file system with a memory; see recording_files.h.
#include "engine/recording_files.h"

#include "report/digest.h"

namespace proofmark::analyze {

using llvm::vfs::File;
using llvm::vfs::Status;

// A file whose content is noted when it is read: what is hashed later may be another file by then.
class RecordingFiles::RecordingFile : public File {
 public:
  RecordingFile(std::unique_ptr<File> file, RecordingFiles& owner) : file_(std::move(file)), owner_(owner) {}

  llvm::ErrorOr<Status> status() override { return file_->status(); }
  llvm::ErrorOr<std::string> getName() override { return file_->getName(); }
  std::error_code close() override { return file_->close(); }

  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> getBuffer(const llvm::Twine& name, int64_t size, bool terminated,
                                                               bool is_volatile) override {
    auto buffer = file_->getBuffer(name, size, terminated, is_volatile);
    const auto known = file_->status();
    if (buffer && known) {
      const llvm::StringRef bytes = (*buffer)->getBuffer();
      owner_.digests_[known->getUniqueID()] = report::sha256_hex({bytes.data(), bytes.size()});
    }
    return buffer;
  }

 private:
  std::unique_ptr<File> file_;
  RecordingFiles& owner_;
};

RecordingFiles::RecordingFiles(const std::filesystem::path& directory)
    : ProxyFileSystem(llvm::vfs::getRealFileSystem()), directory_(directory.string()) {}

// Not made shorter: "a/../b" is not "b" where "a" is a link.
std::string RecordingFiles::absolute(const llvm::Twine& path) const {
  std::string name = path.str();
  return name.starts_with('/') ? name : directory_ + "/" + name;
}

llvm::ErrorOr<Status> RecordingFiles::status(const llvm::Twine& path) {
  auto found = ProxyFileSystem::status(path);
  if (!found) {
    absent_.insert(absolute(path));
  } else if (!found->isDirectory()) {
    found_.emplace(absolute(path), found->getUniqueID());
  }
  return found;
}

llvm::ErrorOr<std::unique_ptr<File>> RecordingFiles::openFileForRead(const llvm::Twine& path) {
  auto opened = ProxyFileSystem::openFileForRead(path);
  if (!opened) {
    absent_.insert(absolute(path));
    return opened;
  }
  if (const auto known = (*opened)->status()) found_.emplace(absolute(path), known->getUniqueID());
  return std::make_unique<RecordingFile>(std::move(*opened), *this);
}

bool RecordingFiles::exists(const llvm::Twine& path) {
  return static_cast<bool>(status(path));
}

UnitReads RecordingFiles::reads() const {
  UnitReads reads;
  reads.absent = absent_;
  for (const auto& [path, id] : found_) {
    const auto digest = digests_.find(id);
    if (digest != digests_.end()) {
      reads.content.emplace(path, digest->second);
    } else {
      reads.present.insert(path);
    }
  }
  return reads;
}

}  // namespace proofmark::analyze
