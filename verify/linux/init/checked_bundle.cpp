// SPDX-License-Identifier: Apache-2.0
//
// See checked_bundle.h.
#include "checked_bundle.h"

#include <linux/errno.h>
#include <linux/stat.h>

#include "kernel.h"
#include "system.h"

namespace proofmark::linux_init {
namespace {

int bundle_size(void* context, uint64_t* size) {
  *size = static_cast<BundleFile*>(context)->size;
  return 0;
}

int read_bundle(void* context, uint64_t offset, void* buffer, size_t size) {
  auto* bundle = static_cast<BundleFile*>(context);
  if (bundle->is_copied) return linux_exec::read_fully(bundle->memory, buffer, size, offset) ? 0 : -1;
  if (!linux_exec::read_fully(bundle->file, buffer, size, offset)) return -1;
  if (linux_exec::write_fully(bundle->memory, buffer, size, offset)) return 0;
  bundle->copy_failed = true;
  return -1;
}

int plain_size(void* context, uint64_t* size) {
  *size = static_cast<PlainFile*>(context)->size;
  return 0;
}

int read_plain(void* context, uint64_t offset, void* buffer, size_t size) {
  return linux_exec::read_fully(static_cast<PlainFile*>(context)->descriptor, buffer, size, offset) ? 0 : -1;
}

pm_verdict open_files(int root, const char* path, BundleFile* source) {
  PlainFile file;
  if (open_plain(root, path, &file) != 0) return PM_REFUSED_BOOT_BUNDLE_OPEN;
  source->file = file.descriptor;
  source->size = file.size;
  const long memory = linux_exec::create_memory_file("bundle");
  if (memory < 0) return PM_REFUSED_BOOT_MEMORY;
  source->memory = static_cast<int>(memory);
  return PM_ACCEPTED;
}

}  // namespace

long open_plain(int root, const char* path, PlainFile* file) {
  const long descriptor = open_beneath(root, path, Opening::kContent);
  if (descriptor < 0) return descriptor;
  *file = {static_cast<int>(descriptor), 0};
  FileFacts facts;
  if (get_facts(file->descriptor, &facts) == 0 && facts.type == S_IFREG) {
    file->size = facts.size;
    return 0;
  }
  close_file(file->descriptor);
  return -EINVAL;
}

pm_io io_of(PlainFile* file) {
  return {file, plain_size, read_plain};
}

pm_verdict open_bundle(int root, const char* path, const pm_trust& trust, pm_scratch* scratch, BundleFile* source,
                       pm_io* io, pm_bundle* bundle, pm_result* result) {
  const pm_verdict opened = open_files(root, path, source);
  if (opened != PM_ACCEPTED) return opened;
  *io = {source, bundle_size, read_bundle};
  const pm_verdict verdict = pm_verify(io, &trust, scratch, result);
  if (source->copy_failed) return PM_REFUSED_BOOT_MEMORY;
  if (verdict != PM_ACCEPTED) return verdict;
  if (linux_exec::seal(source->memory) != 0) return PM_REFUSED_BOOT_MEMORY;
  source->is_copied = true;
  return pm_bundle_open(bundle, io, result);
}

void close_bundle(BundleFile* source) {
  if (source->file >= 0) close_file(source->file);
  if (source->memory >= 0) close_file(source->memory);
  *source = BundleFile();
}

}  // namespace proofmark::linux_init
