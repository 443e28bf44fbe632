// SPDX-License-Identifier: Apache-2.0
//
// See tree_check.h. The medium is mounted read-only and no other process exists yet, so what was compared stays as it is
// unless the medium itself changes; fs-verity covers that for the files that have it.
#include "tree_check.h"

#include <linux/errno.h>
#include <linux/stat.h>

#include "checked_bundle.h"
#include "kernel.h"
#include "names.h"
#include "system.h"

namespace proofmark::linux_init {
namespace {

uint32_t type_bits(uint32_t type) {
  switch (type) {
    case PM_BUNDLE_DIRECTORY:
      return S_IFDIR;
    case PM_BUNDLE_REGULAR:
      return S_IFREG;
    case PM_BUNDLE_SYMLINK:
      return S_IFLNK;
    case PM_BUNDLE_CHARACTER_DEVICE:
      return S_IFCHR;
    case PM_BUNDLE_BLOCK_DEVICE:
      return S_IFBLK;
    default:
      return S_IFIFO;
  }
}

Opening opening_of(uint32_t type) {
  if (type == PM_BUNDLE_DIRECTORY) return Opening::kDirectory;
  return type == PM_BUNDLE_REGULAR ? Opening::kContent : Opening::kName;
}

// No early exit: how long it takes says nothing about where the digests differ.
bool is_same_digest(const uint8_t* left, const uint8_t* right) {
  unsigned difference = 0;
  for (unsigned i = 0; i < PM_DIGEST_SIZE; ++i) difference |= static_cast<unsigned>(left[i] ^ right[i]);
  return difference == 0;
}

bool is_same(const void* left, const void* right, size_t size) {
  return __builtin_memcmp(left, right, size) == 0;
}

pm_verdict check_attributes(const pm_bundle_entry& entry, const FileFacts& facts) {
  if (facts.type != type_bits(entry.type)) return PM_REFUSED_BOOT_ENTRY_TYPE;
  if (facts.uid != entry.uid || facts.gid != entry.gid) return PM_REFUSED_BOOT_ENTRY_OWNER;
  if (entry.type != PM_BUNDLE_SYMLINK && facts.mode != entry.mode) return PM_REFUSED_BOOT_ENTRY_MODE;
  const bool is_device = entry.type == PM_BUNDLE_CHARACTER_DEVICE || entry.type == PM_BUNDLE_BLOCK_DEVICE;
  if (is_device && (facts.major != entry.major || facts.minor != entry.minor)) return PM_REFUSED_BOOT_ENTRY_SIZE;
  if (entry.type == PM_BUNDLE_REGULAR && facts.size != entry.size) return PM_REFUSED_BOOT_ENTRY_SIZE;
  return PM_ACCEPTED;
}

pm_verdict check_target(const pm_bundle_entry& entry, int descriptor) {
  static char target[PM_BUNDLE_PATH_MAX + 1];
  const long size = read_link(descriptor, target, sizeof target);
  if (size < 0) return PM_REFUSED_BOOT_ENTRY_READ;
  const bool same =
      static_cast<size_t>(size) == entry.target.size && is_same(target, entry.target.data, entry.target.size);
  return same ? PM_ACCEPTED : PM_REFUSED_BOOT_ENTRY_TARGET;
}

pm_verdict check_capability(const pm_bundle_entry& entry, int descriptor) {
  uint8_t value[PM_BUNDLE_CAPABILITY_V3_SIZE];
  long size = read_capability(descriptor, value, sizeof value);
  if (size == -ENODATA || size == -EOPNOTSUPP) size = 0;
  const bool same = size >= 0 && static_cast<size_t>(size) == entry.capability.size &&
                    is_same(value, entry.capability.data, entry.capability.size);
  return same ? PM_ACCEPTED : PM_REFUSED_BOOT_ENTRY_CAPABILITY;
}

// By fs-verity in constant time, and then for every page that is read later; else by reading it all now. The first program
// is read in any case: damage in it would show when no other medium can be tried any more.
pm_verdict check_content(const TreeCheck& check, const pm_bundle_entry& entry, int descriptor) {
  uint8_t digest[PM_DIGEST_SIZE];
  const bool is_guarded = linux_exec::measure_guarded(descriptor, digest) >= 0;
  if (is_guarded && !is_same_digest(digest, entry.digest)) return PM_REFUSED_BOOT_ENTRY_CONTENT;
  if (is_guarded && !is_same_text(check.path, check.first_program)) return PM_ACCEPTED;
  PlainFile file = {descriptor, entry.size};
  const pm_io io = io_of(&file);
  if (pm_content_digest(&io, entry.size, check.scratch, digest) != 0) return PM_REFUSED_BOOT_ENTRY_READ;
  return is_same_digest(digest, entry.digest) ? PM_ACCEPTED : PM_REFUSED_BOOT_ENTRY_CONTENT;
}

// "lost+found", which mkfs makes, holds nothing.
bool is_empty_directory(const TreeCheck& check, const char* name) {
  const long directory = open_beneath(check.root, name, Opening::kDirectory);
  if (directory < 0) return false;
  alignas(8) char buffer[256];
  uint64_t names = 0;
  const bool read =
      for_each_name(static_cast<int>(directory), buffer, sizeof buffer, [&](const char*) { return ++names == 0; });
  close_file(static_cast<int>(directory));
  return read && names == 0;
}

bool is_exempt(const TreeCheck& check, const char* path) {
  for (const char* exempt : check.exempt) {
    if (exempt != nullptr && is_same_text(path, exempt)) return true;
  }
  return is_same_text(path, "lost+found") && is_empty_directory(check, path);
}

enum class Names { kCount, kLookUp };

// Goes through the names of the directory whose path stands in `check->path`. Stops, with the path of the name there, at one
// that is not in the bundle; when counting, only how many there are is of interest, which costs no search.
pm_verdict visit_names(TreeCheck* check, int descriptor, Names what) {
  alignas(8) static char buffer[16 * 1024];
  const size_t length = text_length(check->path);
  pm_verdict verdict = PM_ACCEPTED;
  const bool read = for_each_name(descriptor, buffer, sizeof buffer, [&](const char* name) {
    append_name(check->path, length, name);
    const bool exempt = is_exempt(*check, check->path);
    if (what == Names::kCount && !exempt) ++check->names_found;
    if (what == Names::kLookUp && !exempt) {
      pm_bundle_entry entry;
      const pm_verdict found = pm_bundle_find(check->bundle, check->path, text_length(check->path), &entry);
      if (found != PM_ACCEPTED) verdict = PM_REFUSED_BOOT_EXTRA;
    }
    if (verdict == PM_ACCEPTED) check->path[length] = '\0';
    return verdict == PM_ACCEPTED;
  });
  return read ? verdict : PM_REFUSED_BOOT_ENTRY_READ;
}

pm_verdict open_entry(TreeCheck* check, const pm_bundle_entry& entry, int* descriptor) {
  copy_path(check->path, entry.path);
  const char* path = entry.path.size == 0 ? "." : check->path;
  const long opened = open_beneath(check->root, path, opening_of(entry.type));
  if (opened == -ENOENT) return PM_REFUSED_BOOT_ENTRY_MISSING;
  if (opened == -EIO || opened == -ENOMEM || opened == -EMFILE) return PM_REFUSED_BOOT_ENTRY_READ;
  if (opened < 0) return PM_REFUSED_BOOT_ENTRY_TYPE;
  *descriptor = static_cast<int>(opened);
  return PM_ACCEPTED;
}

pm_verdict check_open_entry(TreeCheck* check, const pm_bundle_entry& entry, int descriptor) {
  FileFacts facts;
  if (get_facts(descriptor, &facts) != 0) return PM_REFUSED_BOOT_ENTRY_READ;
  pm_verdict verdict = check_attributes(entry, facts);
  if (verdict != PM_ACCEPTED) return verdict;
  if (entry.type == PM_BUNDLE_SYMLINK) return check_target(entry, descriptor);
  if (entry.type == PM_BUNDLE_DIRECTORY && check->refuse_extra_files) {
    return visit_names(check, descriptor, Names::kCount);
  }
  if (entry.type != PM_BUNDLE_REGULAR) return PM_ACCEPTED;
  verdict = check_capability(entry, descriptor);
  if (verdict != PM_ACCEPTED) return verdict;
  return check_content(*check, entry, descriptor);
}

pm_verdict check_entry(TreeCheck* check, const pm_bundle_entry& entry) {
  int descriptor = -1;
  pm_verdict verdict = open_entry(check, entry, &descriptor);
  if (verdict != PM_ACCEPTED) return verdict;
  verdict = check_open_entry(check, entry, descriptor);
  const bool is_program = verdict == PM_ACCEPTED && entry.type == PM_BUNDLE_REGULAR && (entry.mode & 0111u) != 0 &&
                          is_same_text(check->path, check->first_program);
  if (is_program) {
    check->program = descriptor;
  } else {
    close_file(descriptor);
  }
  return verdict;
}

// Only reached when there are more names than entries: finds the first that is not an entry.
pm_verdict name_extra_file(TreeCheck* check, const pm_io* io, const pm_result& result) {
  static pm_bundle directories;
  const uint32_t count = check->bundle->entry_count;
  if (pm_bundle_open(&directories, io, &result) != PM_ACCEPTED) return PM_REFUSED_BOOT_EXTRA;
  for (uint32_t i = 0; i < count; ++i) {
    pm_bundle_entry entry;
    if (pm_bundle_next(&directories, &entry) != PM_ACCEPTED) return PM_REFUSED_BOOT_EXTRA;
    if (entry.type != PM_BUNDLE_DIRECTORY) continue;
    int descriptor = -1;
    if (open_entry(check, entry, &descriptor) != PM_ACCEPTED) return PM_REFUSED_BOOT_EXTRA;
    const pm_verdict verdict = visit_names(check, descriptor, Names::kLookUp);
    close_file(descriptor);
    if (verdict != PM_ACCEPTED) return verdict;
  }
  return PM_REFUSED_BOOT_EXTRA;
}

}  // namespace

pm_verdict check_tree(TreeCheck* check, const pm_io* io, const pm_result& result) {
  for (uint32_t i = 0; i < check->bundle->entry_count; ++i) {
    pm_bundle_entry entry;
    pm_verdict verdict = pm_bundle_next(check->bundle, &entry);
    if (verdict != PM_ACCEPTED) return verdict;
    verdict = check_entry(check, entry);
    if (verdict != PM_ACCEPTED) return verdict;
  }
  // Every entry but the root was found under a name of its own, so as many names as that are no others.
  if (check->refuse_extra_files && check->names_found != check->bundle->entry_count - 1) {
    return name_extra_file(check, io, result);
  }
  copy_text(check->path, check->first_program);
  return check->program >= 0 ? PM_ACCEPTED : PM_REFUSED_BOOT_INIT;
}

}  // namespace proofmark::linux_init
