// SPDX-License-Identifier: Apache-2.0
//
// See marked.h.
#include "marked.h"

namespace proofmark::linux_exec {
namespace {

constexpr size_t kMostPath = 4096 + sizeof PM_DETACHED_SUFFIX;  // PATH_MAX
char mark_path[kMostPath];

// FILE.proofmark beside FILE. False when there is none, or the path is too long for the kernel anyway.
bool open_detached_mark(const char* path, CheckedFile* mark) {
  size_t size = 0;
  for (; path[size] != '\0'; ++size) {
    if (size == kMostPath - sizeof PM_DETACHED_SUFFIX) return false;
    mark_path[size] = path[size];
  }
  __builtin_memcpy(mark_path + size, PM_DETACHED_SUFFIX, sizeof PM_DETACHED_SUFFIX);
  return open_checked(mark_path, Use::kLook, mark) == PM_ACCEPTED;
}

// With a mark of its own file, fs-verity's digest is the one that was signed, so the content need not be read.
pm_verdict verify_open(const char* path, const pm_trust& trust, CheckedFile* file, Verification* verification) {
  const pm_io io = copying_io(file);
  const pm_verdict verdict = pm_verify(&io, &trust, &verification->scratch, &verification->result);
  if (verdict != PM_REFUSED_UNSIGNED && verdict != PM_REFUSED_UNSIGNED_SHORT) return verdict;
  CheckedFile mark;
  if (!open_detached_mark(path, &mark)) return verdict;
  const pm_io mark_io = copying_io(&mark);
  const bool is_measured = file->is_guarded && file->memory < 0;
  return pm_verify_measured(&io, is_measured ? file->guarded_digest : nullptr, &mark_io, &trust, &verification->scratch,
                            &verification->result);
}

}  // namespace

pm_verdict verify_marked(const char* path, Use use, const pm_trust& trust, CheckedFile* file,
                         Verification* verification) {
  const pm_verdict opened = open_checked(path, use, file);
  if (opened != PM_ACCEPTED) return opened;
  const pm_verdict verdict = verify_open(path, trust, file, verification);
  return file->copy_failed ? PM_REFUSED_EXEC_COPY : verdict;
}

}  // namespace proofmark::linux_exec
