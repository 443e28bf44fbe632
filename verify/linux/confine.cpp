// SPDX-License-Identifier: Apache-2.0
//
// See confine.h; capabilities(7), prctl(2) and seccomp(2) say in which order these calls work.
#include "confine.h"

#include <asm/fcntl.h>
#include <asm/signal.h>
#include <asm/unistd.h>
#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/personality.h>
#include <linux/prctl.h>
#include <linux/resource.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>

#include "arch.h"
#include "filter.h"
#include "kernel.h"

namespace proofmark::linux_exec {
namespace {

constexpr int kSignals = 64;
constexpr uint64_t kLargestStack = 8 * 1024 * 1024;
constexpr int kMostCapabilities = 64;

Filter filter;

long as_long(const void* pointer) {
  return reinterpret_cast<long>(pointer);
}

// Dispositions that ignore a signal, and blocked signals, survive execve; so would a child that can't be told to stop.
void reset_signals() {
  const uint64_t none[4] = {};  // struct sigaction of both architectures: SIG_DFL, no flags, nothing blocked
  for (int signal = 1; signal <= kSignals; ++signal) {
    system_call(__NR_rt_sigaction, signal, as_long(none), 0, sizeof none[0]);
  }
  system_call(__NR_rt_sigprocmask, SIG_SETMASK, as_long(none), 0, sizeof none[0]);
}

void lower_limit(int resource, uint64_t soft, bool hard_too) {
  struct rlimit64 limit = {};
  if (system_call(__NR_prlimit64, 0, resource, 0, as_long(&limit)) < 0) return;
  if (limit.rlim_cur > soft) limit.rlim_cur = soft;
  if (hard_too) limit.rlim_max = limit.rlim_cur;
  system_call(__NR_prlimit64, 0, resource, as_long(&limit), 0);
}

bool set_capabilities(uint64_t kept) {
  __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[2] = {};
  if (system_call(__NR_capget, as_long(&header), as_long(sets)) < 0) return false;
  for (unsigned i = 0; i < 2; ++i) {
    const uint32_t granted = sets[i].permitted & static_cast<uint32_t>(kept >> (32 * i));
    sets[i] = {granted, granted, granted};
  }
  return system_call(__NR_capset, as_long(&header), as_long(sets)) == 0;
}

// A program keeps what is in its ambient set, and as root nothing else, because root's own rule is switched off for good.
bool raise_ambient(uint64_t kept) {
  if (system_call(__NR_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL) < 0) return kept == 0;
  for (int capability = 0; capability < kMostCapabilities; ++capability) {
    if ((kept >> capability & 1) == 0) continue;
    // What the caller does not have cannot be kept.
    const long code = system_call(__NR_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability);
    if (code < 0 && code != -EPERM && code != -EINVAL) return false;
  }
  return true;
}

bool drop_bounding(uint64_t kept) {
  for (int capability = 0; capability < kMostCapabilities; ++capability) {
    const long present = system_call(__NR_prctl, PR_CAPBSET_READ, capability);
    if (present < 0) return true;  // the kernel knows no more
    if (present == 0 || (kept >> capability & 1) != 0) continue;
    if (system_call(__NR_prctl, PR_CAPBSET_DROP, capability) < 0) return false;
  }
  return true;
}

bool keep_capabilities(uint64_t kept, bool gains_nothing) {
  const bool bounded = drop_bounding(kept);
  const bool locked = system_call(__NR_prctl, PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED) == 0;
  // Who may do neither (no CAP_SETPCAP) is held to the set all the same as long as execve adds nothing to it.
  if ((!bounded || !locked) && !gains_nothing) return false;
  return set_capabilities(kept) && raise_ambient(kept);
}

bool install_filter(const pm_manifest& manifest, int program, char* const* arguments) {
  FilterRules rules = {};
  rules.architecture = kAuditArchitecture;
  rules.start = {__NR_execveat, static_cast<uint32_t>(program), reinterpret_cast<uint64_t>(kEmptyPath),
                 reinterpret_cast<uint64_t>(arguments), AT_EMPTY_PATH};
  rules.allowed = manifest.syscalls;
  rules.count = manifest.syscall_count;
  if (!build_filter(rules, &filter)) return false;
  const sock_fprog program_of_filter = {filter.size, filter.instructions};
  return system_call(__NR_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, as_long(&program_of_filter)) == 0;
}

}  // namespace

pm_verdict take_descriptors() {
  constexpr int kStandard = 3;
  for (int descriptor = 0; descriptor < kStandard; ++descriptor) {
    if (system_call(__NR_fcntl, descriptor, F_GETFD) < 0) return PM_REFUSED_EXEC_DESCRIPTORS;
  }
  return close_descriptors_from(kStandard) == 0 ? PM_ACCEPTED : PM_REFUSED_EXEC_DESCRIPTORS;
}

void reset_process_state() {
  reset_signals();
  // Nobody but the owner may write what the program creates; a stricter mask of the caller stays.
  const long mask = system_call(__NR_umask, 0077);
  system_call(__NR_umask, mask | 0022);
  // No core file: it would hold keys. A stack without limit would make the kernel lay out memory less randomly, and so
  // does a personality.
  lower_limit(RLIMIT_CORE, 0, true);
  lower_limit(RLIMIT_STACK, kLargestStack, false);
  system_call(__NR_personality, PER_LINUX);
}

pm_verdict limit_privileges(const pm_manifest& manifest) {
  const bool gains_nothing = (manifest.runtime_flags & PM_RUNTIME_NO_NEW_PRIVILEGES) != 0;
  if (gains_nothing && forbid_new_privileges() != 0) return PM_REFUSED_EXEC_PRIVILEGES;
  if (manifest.has_capabilities == 0 || keep_capabilities(manifest.capabilities, gains_nothing)) return PM_ACCEPTED;
  return PM_REFUSED_EXEC_CONFINEMENT;
}

pm_verdict limit_system_calls(const pm_manifest& manifest, int program, char* const* arguments) {
  if (manifest.syscall_count == 0 || install_filter(manifest, program, arguments)) return PM_ACCEPTED;
  return PM_REFUSED_EXEC_CONFINEMENT;
}

}  // namespace proofmark::linux_exec
