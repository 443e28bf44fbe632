// SPDX-License-Identifier: Apache-2.0
//
// See checked_file.h.
#include "checked_file.h"

#include "kernel.h"

namespace proofmark::linux_exec {
namespace {

int report_size(void* context, uint64_t* size) {
  *size = static_cast<CheckedFile*>(context)->size;
  return 0;
}

int read_and_copy(void* context, uint64_t offset, void* buffer, size_t size) {
  auto* file = static_cast<CheckedFile*>(context);
  if (!read_fully(file->file, buffer, size, offset)) return -1;
  if (file->memory < 0 || write_fully(file->memory, buffer, size, offset)) return 0;
  file->copy_failed = true;
  return -1;
}

// A copy can be executed by everybody and brings nobody further rights. A file that the kernel would start in another way
// (not at all, or with the rights of its owner or of its capabilities, none of which the mark covers) is copied.
bool starts_like_a_copy(int descriptor, uint32_t mode) {
  constexpr uint32_t kExecutable = 0111;
  constexpr uint32_t kOtherIdentity = 06000;
  return (mode & (kExecutable | kOtherIdentity)) == kExecutable && !has_capabilities(descriptor);
}

}  // namespace

pm_verdict open_checked(const char* path, Use use, CheckedFile* file) {
  const long opened = open_read_only(path);
  if (opened < 0) return PM_REFUSED_EXEC_OPEN;
  file->file = static_cast<int>(opened);
  FileStatus status = {};
  if (get_status(file->file, &status) != 0) return PM_REFUSED_EXEC_OPEN;
  if (!status.is_regular) return PM_REFUSED_EXEC_FILE_TYPE;
  file->size = status.size;
  if (use == Use::kLook) return PM_ACCEPTED;
  if (use != Use::kCopy && measure_guarded(file->file, file->guarded_digest) == 0) {
    file->is_guarded = true;
    if (use == Use::kMap || starts_like_a_copy(file->file, status.mode)) return PM_ACCEPTED;
  }
  const long memory = create_memory_file("proofmark");
  if (memory < 0) return PM_REFUSED_EXEC_MEMORY_FILE;
  file->memory = static_cast<int>(memory);
  return PM_ACCEPTED;
}

pm_io copying_io(CheckedFile* file) {
  return {file, report_size, read_and_copy};
}

pm_verdict seal_checked(const CheckedFile& file) {
  return file.memory < 0 || seal(file.memory) == 0 ? PM_ACCEPTED : PM_REFUSED_EXEC_SEAL;
}

}  // namespace proofmark::linux_exec
