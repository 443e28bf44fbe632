// SPDX-License-Identifier: Apache-2.0
//
// See decision.h.
#include "decision.h"

#include <linux/errno.h>
#include <linux/magic.h>
#include <linux/stat.h>

#include "../init/checked_bundle.h"
#include "../init/names.h"
#include "../init/system.h"
#include "arch.h"
#include "cache.h"
#include "device_policy.h"
#include "guard_policy_data.h"
#include "kernel.h"
#include "text.h"

namespace proofmark::linux_guard {
namespace {

using linux_init::BundleFile;
using linux_init::PlainFile;

// Large, and needed once at a time: static, so that the stack stays small.
pm_scratch scratch;
pm_result result;
pm_bundle bundle;
pm_trust_store store;
pm_trust_set trusted;
BundleFile bundle_file;
pm_io bundle_io;
bool has_bundle = false;
Cache cache;

// File systems on which a read lease is refused while anybody can write, and no writer gets by it; tests/attacks/guard shows
// it of each. Overlayfs grants leases while a writable mapping lives; on network file systems others write.
constexpr uint64_t kSoundLeases[] = {EXT4_SUPER_MAGIC, TMPFS_MAGIC};

// File systems for which the kernel has no way to write.
constexpr uint64_t kWithoutWriters[] = {SQUASHFS_MAGIC, EROFS_SUPER_MAGIC_V1};

// Where the content cannot be kept by the kernel itself, takes the lease; PM_ACCEPTED when the file may be read now.
pm_verdict make_stable(int file, Stability* stability, CacheKey* key) {
  *stability = Stability::kVerity;
  if (linux_exec::measure_guarded(file, key->digest) >= 0 && identify(file, "", &key->file) == 0) return PM_ACCEPTED;
  *stability = Stability::kNone;
  uint64_t type = 0;
  if (file_system_type(file, &type) != 0) return PM_ACCEPTED;
  for (const uint64_t without : kWithoutWriters) {
    if (type == without) *stability = Stability::kReadOnly;
  }
  for (const uint64_t sound : kSoundLeases) {
    if (type != sound) continue;
    const long code = take_read_lease(file);
    if (code == -EAGAIN) return PM_REFUSED_GUARD_WRITER;
    if (code == 0) *stability = Stability::kLease;
  }
  return PM_ACCEPTED;
}

pm_trust trust_for(pm_role role, uint32_t kinds, uint32_t machine) {
  pm_trust trust = pm_trust_for_role(&trusted, role, kGuardedBoard);
  if (!linux_exec::kIsRelease) trust.flags |= PM_TRUST_ALLOW_TEST_KEYS;
  if (kAllowUnproven) trust.flags |= PM_TRUST_ALLOW_UNPROVEN;
  if (trust.threshold != 0 && trust.threshold < linux_exec::kThreshold) trust.threshold = linux_exec::kThreshold;
  trust.kinds = kinds;
  trust.machine = machine;
  trust.minimum_security_version = linux_exec::kMinimumSecurityVersion;
  return trust;
}

pm_trust program_trust() {
  constexpr uint32_t kLoaders = kAcceptLoaders ? PM_KIND_BIT(PM_KIND_SHARED_OBJECT) : 0u;
  pm_trust trust = trust_for(PM_ROLE_PROGRAM, PM_KIND_BIT(PM_KIND_EXECUTABLE) | kLoaders, linux_exec::kMachine);
  trust.required_properties = linux_exec::kRequiredProperties;
  return trust;
}

bool is_below(const char* path, const char* folder) {
  for (; *folder != '\0'; ++folder, ++path) {
    if (*path != *folder) return false;
  }
  return *path == '/' || folder[-1] == '/';
}

// The entry of the bundle for this path, if there is one.
pm_verdict find_entry(const char* path, pm_bundle_entry* entry) {
  if (!has_bundle) return PM_REFUSED_BUNDLE_NO_ENTRY;
  if (!is_below(path, kRoot)) return PM_REFUSED_BUNDLE_NO_ENTRY;
  path += linux_init::text_length(kRoot);
  if (*path == '/') ++path;
  return pm_bundle_find(&bundle, path, linux_init::text_length(path), entry);
}

// A path of the bundle holds what the bundle says, or nothing that is executed; a mark of its own does not help.
pm_verdict compare_with_entry(const pm_bundle_entry& entry, PlainFile* file, const uint8_t* measured) {
  if (entry.type != PM_BUNDLE_REGULAR || entry.size != file->size) return PM_REFUSED_GUARD_BUNDLE;
  uint8_t digest[PM_DIGEST_SIZE];
  if (measured == nullptr) {
    const pm_io io = linux_init::io_of(file);
    if (pm_content_digest(&io, file->size, &scratch, digest) != 0) return PM_REFUSED_READ_CONTENT;
    measured = digest;
  }
  const bool is_same = __builtin_memcmp(measured, entry.digest, PM_DIGEST_SIZE) == 0;
  return is_same ? PM_ACCEPTED : PM_REFUSED_GUARD_BUNDLE;
}

pm_verdict check_content(PlainFile* file, const char* path, const uint8_t* measured) {
  uint8_t begin[2] = {};
  const bool is_script = file->size >= sizeof begin &&
                         linux_exec::read_fully(file->descriptor, begin, sizeof begin, 0) && begin[0] == '#' &&
                         begin[1] == '!';
  if (is_script && !kAcceptScripts) return PM_REFUSED_GUARD_SCRIPT;
  pm_bundle_entry entry;
  const pm_verdict found = find_entry(path, &entry);
  if (found == PM_ACCEPTED) return compare_with_entry(entry, file, measured);
  if (found != PM_REFUSED_BUNDLE_NO_ENTRY) return found;
  // A script has no machine, and its mark says "data".
  const pm_trust trust = is_script ? trust_for(PM_ROLE_PROGRAM, PM_KIND_BIT(PM_KIND_DATA), 0) : program_trust();
  const pm_io io = linux_init::io_of(file);
  return pm_verify(&io, &trust, &scratch, &result);
}

// After the content: that it still is what was hashed, and stays so until it runs.
pm_verdict check_stability(Stability stability, int file) {
  if (stability == Stability::kVerity || stability == Stability::kReadOnly) return PM_ACCEPTED;
  if (stability == Stability::kLease) return has_read_lease(file) ? PM_ACCEPTED : PM_REFUSED_GUARD_CHANGED;
  return kAcceptUnstable ? PM_ACCEPTED : PM_REFUSED_GUARD_MEDIUM;
}

pm_verdict open_store(int root) {
  if (kStorePath[0] == '\0') return PM_ACCEPTED;
  PlainFile file;
  const long opened = linux_init::open_plain(root, kStorePath, &file);
  if (opened == -ENOENT) return PM_ACCEPTED;
  if (opened != 0) return PM_REFUSED_STORE_READ;
  const pm_io io = linux_init::io_of(&file);
  const unsigned flags = linux_exec::kIsRelease ? 0u : unsigned{PM_TRUST_ALLOW_TEST_KEYS};
  const pm_verdict verdict = pm_trust_store_open(&io, &trusted, flags, &scratch, &store);
  linux_init::close_file(file.descriptor);
  if (verdict == PM_ACCEPTED) trusted = store.set;
  return verdict;
}

// Every entry is looked at once: pm_bundle_find() relies on their order.
pm_verdict open_table(int root) {
  if (kBundlePath[0] == '\0') return PM_ACCEPTED;
  const pm_trust trust = trust_for(PM_ROLE_BUNDLE, PM_KIND_BIT(PM_KIND_BUNDLE), 0);
  pm_verdict verdict =
      linux_init::open_bundle(root, kBundlePath, trust, &scratch, &bundle_file, &bundle_io, &bundle, &result);
  pm_bundle_entry entry;
  for (uint32_t i = 0; verdict == PM_ACCEPTED && i < bundle.entry_count; ++i) verdict = pm_bundle_next(&bundle, &entry);
  has_bundle = verdict == PM_ACCEPTED;
  return verdict;
}

constexpr linux_exec::VerdictText kTexts[] = {
    {PM_REFUSED_GUARD_TYPE, "no regular file, or its size cannot be read"},
    {PM_REFUSED_GUARD_WRITER, "somebody has it open for writing"},
    {PM_REFUSED_GUARD_CHANGED, "somebody wanted to write to it while it was checked"},
    {PM_REFUSED_GUARD_MEDIUM, "nothing keeps it as it was checked on this file system"},
    {PM_REFUSED_GUARD_BUNDLE, "the bundle has another file in this place"},
    {PM_REFUSED_GUARD_SCRIPT, "scripts are not executed on this board"},
    {PM_REFUSED_GUARD_THREAD, "the thread cannot be watched until the program runs"},
    {PM_REFUSED_GUARD_ENDED, "the thread did not get to the program in time, and was ended"},
    {PM_REFUSED_GUARD_FAILING, "the guard cannot decide any more"},
    {PM_REFUSED_GUARD_SETUP, "the guard cannot start"},
};

}  // namespace

pm_verdict open_trust(const char** refused) {
  trusted = pm_trust_builtin;
  if (kStorePath[0] == '\0' && kBundlePath[0] == '\0') return PM_ACCEPTED;
  *refused = kRoot;
  const long root = open_folder(kRoot);
  if (root < 0) return PM_REFUSED_GUARD_SETUP;
  *refused = kStorePath;
  pm_verdict verdict = open_store(static_cast<int>(root));
  if (verdict == PM_ACCEPTED) {
    *refused = kBundlePath;
    verdict = open_table(static_cast<int>(root));
  }
  linux_init::close_file(static_cast<int>(root));
  return verdict;
}

Decision decide(int descriptor, const char* path) {
  Decision decision;
  PlainFile file = {descriptor, 0};
  linux_init::FileFacts facts;
  decision.verdict = PM_REFUSED_GUARD_TYPE;
  if (linux_init::get_facts(descriptor, &facts) != 0 || facts.type != S_IFREG) return decision;
  file.size = facts.size;
  CacheKey key = {};
  decision.verdict = make_stable(descriptor, &decision.stability, &key);
  if (decision.verdict != PM_ACCEPTED) return decision;
  const bool is_guarded = decision.stability == Stability::kVerity;
  if (is_guarded && cache.has(key)) return {PM_ACCEPTED, Stability::kVerity};
  decision.verdict = check_content(&file, path, is_guarded ? key.digest : nullptr);
  if (decision.verdict != PM_ACCEPTED) return decision;
  decision.verdict = check_stability(decision.stability, descriptor);
  if (is_guarded && decision.verdict == PM_ACCEPTED) cache.add(key);
  return decision;
}

const char* text_of(pm_verdict verdict) {
  return linux_exec::find_text(kTexts, verdict, pm_verdict_text(verdict));
}

}  // namespace proofmark::linux_guard
