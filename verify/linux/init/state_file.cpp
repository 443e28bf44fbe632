// SPDX-License-Identifier: Apache-2.0
//
// See state_file.h. The copies are written in place, so that no directory and no size changes: fsync() of the file, which
// on a partition empties the cache of the disk, is all that a write needs to be there for good.
#include "state_file.h"

#include "kernel.h"
#include "system.h"

namespace proofmark::linux_init {
namespace {

int descriptor_of(void* context) {
  return static_cast<StateFile*>(context)->descriptor;
}

bool read_state(void* context, uint64_t offset, void* buffer, size_t size) {
  return linux_exec::read_fully(descriptor_of(context), buffer, size, offset);
}

bool write_state(void* context, uint64_t offset, const void* buffer, size_t size) {
  return linux_exec::write_fully(descriptor_of(context), buffer, size, offset);
}

bool sync_state(void* context) {
  return sync_file(descriptor_of(context)) == 0;
}

}  // namespace

bool open_state_file(const char* path, StateFile* file) {
  const long descriptor = open_to_change(path);
  if (descriptor < 0) return false;
  file->descriptor = static_cast<int>(descriptor);
  lock_file(file->descriptor);
  return true;
}

StateIo io_of(StateFile* file) {
  return {file, read_state, write_state, sync_state};
}

}  // namespace proofmark::linux_init
