// SPDX-License-Identifier: Apache-2.0
//
// See medium.h.
#include "medium.h"

#include <linux/errno.h>
#include <linux/mount.h>

#include "boot_policy_data.h"
#include "checked_bundle.h"
#include "kernel.h"
#include "measurement.h"
#include "names.h"
#include "tree_check.h"

namespace proofmark::linux_init {
namespace {

constexpr char kRoot[] = "/root";
constexpr unsigned kPollMs = 20;

// Large, and needed once at a time: static, so that the stack stays small.
pm_scratch scratch;
pm_result result;
pm_bundle bundle;
pm_trust_store store;
TreeCheck tree;

// What a first program finds: nothing that came over the kernel's command line.
const char* const kEnvironment[] = {"HOME=/", "TERM=linux", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", nullptr};

long mount_root(const Medium& medium) {
  make_directory(kRoot);
  wait_for(medium.device);
  return mount_at(medium.device, kRoot, medium.type, medium.flags | MS_RDONLY);
}

// The trust in force: what is compiled in, or the medium's store when its version is not lower and the roots that are
// trusted here signed it.
pm_verdict load_trust(int root, Boot* boot, pm_trust_set* set) {
  *set = pm_trust_builtin;
  if (kStorePath[0] == '\0') return PM_ACCEPTED;
  PlainFile file;
  const long opened = open_plain(root, kStorePath, &file);
  if (opened == -ENOENT) return PM_ACCEPTED;
  boot->refused_path = kStorePath;
  if (opened != 0) return PM_REFUSED_BOOT_STORE_OPEN;
  const pm_io io = io_of(&file);
  if (boot->rollback != nullptr && set->version != 0 && set->version < boot->rollback->newest.store) {
    set->version = boot->rollback->newest.store;
  }
  const pm_verdict verdict =
      pm_trust_store_open(&io, set, kIsRelease ? 0u : PM_TRUST_ALLOW_TEST_KEYS, &scratch, &store);
  close_file(file.descriptor);
  if (verdict != PM_ACCEPTED) return verdict;
  boot->refused_path = nullptr;
  *set = store.set;
  return PM_ACCEPTED;
}

pm_trust bundle_trust(const pm_trust_set& set, pm_role role) {
  pm_trust trust = pm_trust_for_role(&set, role, kBoard);
  if (!kIsRelease) trust.flags |= PM_TRUST_ALLOW_TEST_KEYS;
  if (kAllowUnproven) trust.flags |= PM_TRUST_ALLOW_UNPROVEN;
  if (trust.threshold != 0 && trust.threshold < kThreshold) trust.threshold = kThreshold;
  trust.kinds = PM_KIND_BIT(PM_KIND_BUNDLE);
  trust.minimum_security_version = kMinimumSecurityVersion;
  return trust;
}

pm_verdict check_medium(int root, Boot* boot, BundleFile* source) {
  pm_trust_set set;
  pm_verdict verdict = load_trust(root, boot, &set);
  if (verdict != PM_ACCEPTED) return verdict;
  boot->refused_path = kBundlePath;
  pm_io io;
  verdict = open_bundle(root, kBundlePath, bundle_trust(set, boot->role), &scratch, source, &io, &bundle, &result);
  if (verdict != PM_ACCEPTED) return verdict;
  const Versions versions = {result.security_version, set.version};
  if (boot->rollback != nullptr) verdict = check_versions(*boot->rollback, versions);
  if (verdict == PM_REFUSED_BOOT_STORE_GONE) boot->refused_path = kStorePath;
  if (verdict != PM_ACCEPTED) return verdict;
  uint8_t digest[PM_DIGEST_SIZE];  // the scratch memory, where the manifest lies, is about to be used for hashing
  __builtin_memcpy(digest, result.manifest.content_digest, sizeof digest);
  tree = {root, &bundle, &scratch, kInitPath, {kBundlePath, kStorePath}, kRefuseExtraFiles, -1, 0, {}};
  boot->refused_path = tree.path;
  verdict = check_tree(&tree, &io, result);
  if (verdict != PM_ACCEPTED) return verdict;
  boot->refused_path = kStatePath;
  if (boot->rollback != nullptr) verdict = propose(boot->rollback, versions);
  if (verdict != PM_ACCEPTED) return verdict;
  verdict = measure_accepted({&set, boot->role == PM_ROLE_RECOVERY, digest, result.security_version,
                              result.manifest.proof_status == PM_PROVEN},
                             &boot->refused_path);
  if (verdict == PM_ACCEPTED) verdict = lock_counters(kCounters);
  if (verdict != PM_ACCEPTED) return verdict;
  say_accepted(boot->place, bundle.entry_count, result.security_version);
  return PM_ACCEPTED;
}

// Hands the board's mounts on, each to the directory of the same name in the new root.
pm_verdict switch_to_root() {
  char target[sizeof kRoot + 256];
  for (const Mount& mount : kMounts) {
    if (!mount.keep) continue;
    copy_text(target, kRoot);
    copy_text(target + sizeof kRoot - 1, mount.target);
    if (move_mount(mount.target, target) != 0) return PM_REFUSED_BOOT_SWITCH_ROOT;
  }
  return switch_root(kRoot) == 0 ? PM_ACCEPTED : PM_REFUSED_BOOT_SWITCH_ROOT;
}

}  // namespace

void wait_for(const char* device) {
  static unsigned waited_ms = 0;
  while (waited_ms < kWaitMs && !linux_exec::is_there(device)) {
    sleep_ms(kPollMs);
    waited_ms += kPollMs;
  }
}

pm_verdict boot_medium(Boot* boot) {
  boot->refused_path = boot->medium->device;
  if (mount_root(*boot->medium) != 0) return PM_REFUSED_BOOT_MEDIUM;
  const long root = linux_exec::open_read_only(kRoot);
  if (root < 0) return PM_REFUSED_BOOT_MEDIUM;
  BundleFile source;
  pm_verdict verdict = check_medium(static_cast<int>(root), boot, &source);
  close_bundle(&source);
  close_file(static_cast<int>(root));
  if (verdict != PM_ACCEPTED) {
    if (tree.program >= 0) close_file(tree.program);
    tree.program = -1;
    // Busy is impossible: nothing else runs, and all descriptors are closed.
    if (unmount_at(kRoot) != 0) return PM_REFUSED_BOOT_MEDIUM;
    return verdict;
  }
  boot->refused_path = kInitPath;
  verdict = switch_to_root();
  if (verdict != PM_ACCEPTED) return verdict;
  if (linux_exec::execute(tree.program, const_cast<char* const*>(kInitArguments),
                          const_cast<char* const*>(kEnvironment)) < 0) {
    return PM_REFUSED_BOOT_START;
  }
  return PM_REFUSED;
}

}  // namespace proofmark::linux_init
